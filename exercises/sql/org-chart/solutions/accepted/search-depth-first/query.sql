-- From the heads down for the chart; from each person up for who is below whom.
WITH RECURSIVE chart AS (
    SELECT id, name, 0 AS level, name AS path
    FROM employees
    WHERE manager_id IS NULL
    UNION ALL
    SELECT report.id, report.name, chart.level + 1, chart.path || ' > ' || report.name
    FROM chart
    JOIN employees AS report ON report.manager_id = chart.id
) SEARCH DEPTH FIRST BY name, id SET place,
lines AS (
    SELECT id, manager_id AS above
    FROM employees
    UNION -- not UNION ALL: in a circle nothing new comes, and that ends it
    SELECT lines.id, manager.manager_id
    FROM lines
    JOIN employees AS manager ON manager.id = lines.above
)
SELECT
    employees.id,
    employees.name,
    chart.level,
    chart.path,
    (SELECT count(*) FROM lines WHERE above = employees.id AND lines.id <> above) AS below
FROM employees
LEFT JOIN chart ON chart.id = employees.id
ORDER BY chart.place, employees.id;
