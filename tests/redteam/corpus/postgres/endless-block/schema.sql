DO $$
BEGIN
    LOOP
        BEGIN
            PERFORM pg_sleep(0.1);
        EXCEPTION WHEN query_canceled OR OTHERS THEN
        END;
    END LOOP;
END $$;
