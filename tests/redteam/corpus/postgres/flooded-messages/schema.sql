CREATE TABLE books (id int);
DO $$ BEGIN LOOP RAISE WARNING '%', repeat('x', 100000); END LOOP; END $$;
