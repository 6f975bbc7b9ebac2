-- The suite alone decides who may do what in `public`.
DROP SCHEMA public;
CREATE SCHEMA public AUTHORIZATION suite;
