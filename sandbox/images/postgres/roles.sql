-- The suite gets its password from the runner, for each sandbox anew; until then it cannot log in.
CREATE ROLE suite LOGIN;
CREATE ROLE learner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
GRANT learner TO suite;
-- Tests of applications have sessions of this role too; what they ask is not for the application.
ALTER ROLE learner SET track_activities = off;

CREATE DATABASE exercise OWNER suite;
REVOKE ALL ON DATABASE postgres, template1, exercise FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE exercise TO learner;

-- Nothing is ever made from template0, and every sandbox would copy its 7 MB.
ALTER DATABASE template0 IS_TEMPLATE false;
DROP DATABASE template0;
