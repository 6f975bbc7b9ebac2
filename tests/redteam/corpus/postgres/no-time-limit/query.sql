SELECT set_config('statement_timeout', '0', false), pg_sleep(3600)
