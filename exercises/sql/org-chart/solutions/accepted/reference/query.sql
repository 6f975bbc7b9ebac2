/* One walk from everybody up to the head, or once around the circle. All else is read from it. */
with recursive walk(person, at, next, seen, names, place) as (
    select id, id, manager_id, array[id], array[name], array[name, lpad(id::text, 12, '0')]
    from employees
    union all
    select person, m.id, m.manager_id, m.id || seen, m.name || names,
        array[m.name, lpad(m.id::text, 12, '0')] || place
    from walk join employees m on m.id = next
    where m.id <> all (seen)
),
below as (
    select at, count(*) - 1 as people from walk group by at
)
select id, name, cardinality(seen) - 1 as level, array_to_string(names, ' > ') as path, people as below
from employees
join below on below.at = id
left join walk on person = id and next is null
order by place nulls last, id
