-- The parcels that nobody has ever scanned.
SELECT id, recipient, handed_in
FROM parcels
WHERE (SELECT count(*) FROM scans WHERE scans.parcel_id = parcels.id) = 0
ORDER BY id;
