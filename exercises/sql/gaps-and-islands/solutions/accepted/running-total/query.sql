/* Marks where a streak begins, and numbers the streaks by a running total of the marks. */
with steps as (
    select
        swimmer_id,
        visited_at::date as day,
        visited_at::date - lag(visited_at::date) over (partition by swimmer_id order by visited_at) as step
    from visits
),
numbered as (
    select *, count(*) filter (where step is null or step > 1)
        over (partition by swimmer_id order by day) as streak
    from steps
)
select
    id, name, min(day) as first_day, max(day) as last_day,
    count(distinct day) as days,
    count(*) as visits,
    max(step) filter (where step > 1) - 1 as pause
from numbered join swimmers on id = swimmer_id
group by id, name, streak
having count(distinct day) > 2
order by days desc, first_day, id
