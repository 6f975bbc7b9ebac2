-- This lists everybody with the manager's name. It should list the chart: see the statement.
SELECT employees.id, employees.name, managers.name AS manager
FROM employees
LEFT JOIN employees AS managers ON managers.id = employees.manager_id;
