DO $$ BEGIN
    FOR i IN 1..100000 LOOP EXECUTE format('CREATE TABLE t%s (id int)', i); END LOOP;
END $$;
