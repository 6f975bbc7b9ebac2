CREATE TABLE rooms (
    name  text PRIMARY KEY,
    seats integer NOT NULL
);
