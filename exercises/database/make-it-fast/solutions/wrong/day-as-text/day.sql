-- Wrong: a function around the column hides it from the index.
-- How many scans each place had on 1 March 2025.
SELECT place, count(*) AS scans
FROM scans
WHERE to_char(scanned_at, 'YYYY-MM-DD') = '2025-03-01'
GROUP BY place
ORDER BY place;
