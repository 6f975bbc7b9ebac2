/* No window function: the place is counted by hand. */
with spent as (
    select id, name,
        (select count(*) from orders where customer_id = customers.id and status = 'paid') as orders,
        coalesce((
            select sum(quantity * unit_price)
            from orders join order_lines on order_id = orders.id
            where customer_id = customers.id and status = 'paid'
        ), 0.00) as total
    from customers
)
select 1 + (select count(*) from spent as better where better.total > spent.total) as place, spent.*
from spent
where (select count(*) from spent as better where better.total > spent.total) < 3
order by 1, name;
