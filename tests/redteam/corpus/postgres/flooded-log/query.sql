SELECT pg_logical_emit_message(false, 'x', repeat('x', 10000000)) FROM generate_series(1, 100)
