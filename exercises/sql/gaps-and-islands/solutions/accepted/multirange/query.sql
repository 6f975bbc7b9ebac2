-- No numbering at all: PostgreSQL joins ranges that touch into a multirange.
WITH streaks AS (
    SELECT swimmer_id, unnest(range_agg(daterange(visited_at::date, visited_at::date, '[]'))) AS span
    FROM visits
    GROUP BY swimmer_id
)
SELECT
    s.id,
    s.name,
    lower(span) AS first_day,
    upper(span) - 1 AS last_day,
    upper(span) - lower(span) AS days,
    (SELECT count(*) FROM visits v WHERE v.swimmer_id = s.id AND v.visited_at::date <@ span) AS visits,
    lower(span) - (
        SELECT max(visited_at)::date FROM visits v WHERE v.swimmer_id = s.id AND visited_at < lower(span)
    ) - 1 AS pause
FROM streaks JOIN swimmers s ON s.id = swimmer_id
WHERE upper(span) - lower(span) >= 3
ORDER BY 5 DESC, 3, 1;
