-- Wrong: every column has an index of its own.
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

CREATE INDEX ON scans (parcel_id);
CREATE INDEX ON scans (place);
CREATE INDEX ON scans (scanned_at);
CREATE INDEX ON parcels (recipient);
CREATE INDEX ON parcels (status);
CREATE INDEX ON parcels (handed_in);
