-- Wrong: a parcel without scans has one row after the join, so count(*) is never 0.
-- The parcels that nobody has ever scanned.
SELECT parcels.id, recipient, handed_in
FROM parcels
LEFT JOIN scans ON scans.parcel_id = parcels.id
GROUP BY parcels.id
HAVING count(*) = 0
ORDER BY parcels.id;
