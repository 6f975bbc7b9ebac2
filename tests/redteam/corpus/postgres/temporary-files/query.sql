SELECT i, md5(i::text) FROM generate_series(1, 10000000) AS i ORDER BY 2
