-- The 20 parcels that have been waiting longest.
SELECT id, recipient, handed_in
FROM parcels
WHERE status = 'waiting'
ORDER BY handed_in, id
LIMIT 20;
