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

-- Each index is made for one query: it has that query's own expressions, order and columns.
CREATE INDEX ON scans (parcel_id, scanned_at DESC, id DESC) INCLUDE (place);
CREATE INDEX ON scans (date_trunc('day', scanned_at), place);
CREATE INDEX ON parcels (status, handed_in, id) WHERE status = 'waiting';
