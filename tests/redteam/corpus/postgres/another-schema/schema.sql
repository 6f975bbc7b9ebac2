ALTER SCHEMA public OWNER TO learner;
