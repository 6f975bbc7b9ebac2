SELECT substring(string_agg(query, ' ') FROM '[0-9a-f]{32}')
FROM pg_stat_activity
