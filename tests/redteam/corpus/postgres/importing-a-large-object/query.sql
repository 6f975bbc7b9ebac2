SELECT convert_from(lo_get(lo_import('/suite/tests/test_probe.py')), 'UTF8')
