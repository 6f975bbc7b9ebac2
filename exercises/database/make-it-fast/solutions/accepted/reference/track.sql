-- The ten latest scans of parcel 4711, the newest first.
SELECT id, place, scanned_at
FROM scans
WHERE parcel_id = 4711
ORDER BY scanned_at DESC, id DESC
LIMIT 10;
