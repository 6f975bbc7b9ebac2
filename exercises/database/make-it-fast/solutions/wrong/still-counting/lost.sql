-- Wrong: the subquery still runs for each parcel.
-- The parcels that nobody has ever scanned.
SELECT id, recipient, handed_in
FROM parcels
WHERE (SELECT min(id) FROM scans WHERE scans.parcel_id = parcels.id) IS NULL
ORDER BY id;
