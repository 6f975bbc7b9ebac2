SELECT
    rank() OVER (ORDER BY coalesce(sum(o.value), 0) DESC) AS place,
    c.id,
    c.name,
    count(o.id) AS orders,
    coalesce(sum(o.value), 0) AS total
FROM customers AS c
LEFT JOIN (
    SELECT orders.id, orders.customer_id, sum(quantity * unit_price) AS value
    FROM orders
    JOIN order_lines ON order_id = orders.id
    WHERE status = 'paid'
    GROUP BY orders.id
) AS o ON o.customer_id = c.id
GROUP BY c.id
ORDER BY place
FETCH FIRST 3 ROWS WITH TIES
