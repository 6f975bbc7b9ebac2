-- Wrong: the condition in WHERE undoes the LEFT JOIN.
WITH spent AS (
    SELECT
        customers.id,
        customers.name,
        count(DISTINCT orders.id) AS orders,
        coalesce(sum(order_lines.quantity * order_lines.unit_price), 0) AS total
    FROM customers
    LEFT JOIN orders ON orders.customer_id = customers.id
    LEFT JOIN order_lines ON order_lines.order_id = orders.id
    WHERE orders.status = 'paid'
    GROUP BY customers.id
),
ranked AS (
    SELECT rank() OVER (ORDER BY total DESC) AS place, id, name, orders, total
    FROM spent
)
SELECT place, id, name, orders, total
FROM ranked
WHERE place <= 3
ORDER BY place;
