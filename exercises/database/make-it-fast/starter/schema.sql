CREATE TABLE parcels (
    id        integer PRIMARY KEY,
    recipient text NOT NULL,
    status    text NOT NULL CHECK (status IN ('waiting', 'travelling', 'delivered')),
    handed_in timestamp NOT NULL
);

CREATE TABLE scans (
    id         integer PRIMARY KEY,
    parcel_id  integer NOT NULL REFERENCES parcels,
    place      text NOT NULL,
    scanned_at timestamp NOT NULL
);

-- Your indexes go here.
