SELECT pg_read_file('/suite/tests/test_probe.py')
