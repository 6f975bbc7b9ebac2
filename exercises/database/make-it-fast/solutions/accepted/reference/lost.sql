-- The parcels that nobody has ever scanned.
SELECT id, recipient, handed_in
FROM parcels
WHERE NOT EXISTS (SELECT FROM scans WHERE scans.parcel_id = parcels.id)
ORDER BY id;
