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

CREATE INDEX scans_of_parcel ON scans (parcel_id, scanned_at, id);
CREATE INDEX scans_by_time ON scans (scanned_at);
CREATE INDEX parcels_waiting ON parcels (handed_in, id) WHERE status = 'waiting';
