-- How many scans each place had on 1 March 2025.
SELECT place, count(*) AS scans
FROM scans
WHERE date_trunc('day', scanned_at) = '2025-03-01'
GROUP BY place
ORDER BY place;
