-- The suite alone decides who may do what in `public`.
DROP SCHEMA public;
CREATE SCHEMA public AUTHORIZATION suite;

-- What the learner's role has asked, for the suite to count. It sees the texts of other roles' statements.
CREATE SCHEMA monitoring;
CREATE EXTENSION pg_stat_statements SCHEMA monitoring;
GRANT USAGE ON SCHEMA monitoring TO suite;
GRANT pg_read_all_stats TO suite;
GRANT EXECUTE ON FUNCTION monitoring.pg_stat_statements_reset TO suite;
