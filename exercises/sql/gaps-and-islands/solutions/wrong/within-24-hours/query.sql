-- Wrong: a streak goes on for as long as no 24 hours pass between two visits.
WITH steps AS (
    SELECT
        swimmer_id,
        visited_at,
        visited_at - lag(visited_at) OVER (PARTITION BY swimmer_id ORDER BY visited_at) AS step,
        visited_at::date - lag(visited_at::date) OVER (
            PARTITION BY swimmer_id ORDER BY visited_at
        ) - 1 AS away
    FROM visits
),
numbered AS (
    SELECT *, count(*) FILTER (WHERE step IS NULL OR step > interval '24 hours') OVER (
        PARTITION BY swimmer_id ORDER BY visited_at
    ) AS streak
    FROM steps
)
SELECT
    swimmers.id,
    swimmers.name,
    min(visited_at)::date AS first_day,
    max(visited_at)::date AS last_day,
    count(DISTINCT visited_at::date) AS days,
    count(*) AS visits,
    max(away) FILTER (WHERE away > 0) AS pause
FROM numbered
JOIN swimmers ON swimmers.id = numbered.swimmer_id
GROUP BY swimmers.id, streak
HAVING count(DISTINCT visited_at::date) >= 3
ORDER BY days DESC, first_day, swimmers.id;
