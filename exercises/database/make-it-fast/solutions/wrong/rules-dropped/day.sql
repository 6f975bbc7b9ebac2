-- How many scans each place had on 1 March 2025.
SELECT place, count(*) AS scans
FROM scans
WHERE scanned_at >= '2025-03-01' AND scanned_at < '2025-03-02'
GROUP BY place
ORDER BY place;
