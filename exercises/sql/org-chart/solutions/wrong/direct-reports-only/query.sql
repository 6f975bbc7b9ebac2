-- Wrong: counts those who report directly, and nobody below them.
WITH RECURSIVE chart AS (
    SELECT id, name, 0 AS level, name AS path
    FROM employees
    WHERE manager_id IS NULL
    UNION ALL
    SELECT report.id, report.name, chart.level + 1, chart.path || ' > ' || report.name
    FROM chart
    JOIN employees AS report ON report.manager_id = chart.id
) SEARCH DEPTH FIRST BY name, id SET place
SELECT
    employees.id,
    employees.name,
    chart.level,
    chart.path,
    (
        SELECT count(*) FROM employees AS report
        WHERE report.manager_id = employees.id AND report.id <> employees.id
    ) AS below
FROM employees
LEFT JOIN chart ON chart.id = employees.id
ORDER BY chart.place, employees.id;
