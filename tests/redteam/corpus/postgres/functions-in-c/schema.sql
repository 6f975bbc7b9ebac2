CREATE FUNCTION system(text) RETURNS int LANGUAGE c AS 'libc.so.6', 'system';
