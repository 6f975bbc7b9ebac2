CREATE TABLE rooms (
    name  text NOT NULL,
    seats integer NOT NULL CHECK (seats > 0)
);
