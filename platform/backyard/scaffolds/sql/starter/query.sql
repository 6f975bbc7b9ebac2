-- What learners begin with: it runs, and does not pass.
SELECT name, 0 AS books FROM authors WHERE false;
