-- Wrong: numbers the days of all swimmers together.
WITH days AS (
    SELECT swimmer_id, visited_at::date AS day, count(*) AS visits
    FROM visits
    GROUP BY swimmer_id, visited_at::date
),
numbered AS (
    SELECT
        swimmer_id,
        day,
        visits,
        day - row_number() OVER by_day::integer AS streak,
        day - lag(day) OVER by_day - 1 AS away
    FROM days
    WINDOW by_day AS (ORDER BY day)
)
SELECT
    swimmers.id,
    swimmers.name,
    min(day) AS first_day,
    max(day) AS last_day,
    count(*) AS days,
    sum(visits) AS visits,
    nullif(max(away), 0) AS pause -- 0 within a streak, and NULL or more on its first day
FROM numbered
JOIN swimmers ON swimmers.id = numbered.swimmer_id
GROUP BY swimmers.id, streak
HAVING count(*) >= 3
ORDER BY days DESC, first_day, swimmers.id;
