CREATE TABLE books (id int);
COPY books FROM STDIN;
