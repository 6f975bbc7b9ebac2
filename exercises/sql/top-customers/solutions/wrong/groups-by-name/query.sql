-- Wrong: takes customers of one name for one.
WITH spent AS (
    SELECT
        min(customers.id) AS id,
        customers.name,
        count(DISTINCT orders.id) AS orders,
        coalesce(sum(order_lines.quantity * order_lines.unit_price), 0) AS total
    FROM customers
    LEFT JOIN orders ON orders.customer_id = customers.id AND orders.status = 'paid'
    LEFT JOIN order_lines ON order_lines.order_id = orders.id
    GROUP BY customers.name
),
ranked AS (
    SELECT rank() OVER (ORDER BY total DESC) AS place, id, name, orders, total
    FROM spent
)
SELECT place, id, name, orders, total
FROM ranked
WHERE place <= 3
ORDER BY place;
