-- This lists all customers. It should list the best ones: see the statement.
SELECT id, name
FROM customers
ORDER BY name;
