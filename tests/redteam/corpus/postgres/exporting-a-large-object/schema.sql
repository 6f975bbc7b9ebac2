SELECT lo_from_bytea(4711, 'forged');
SELECT lo_export(4711, '/run/cluster/data/postgresql.auto.conf');
