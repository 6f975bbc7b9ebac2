-- This lists each swimmer's first and last visit. It should list streaks: see the statement.
SELECT swimmer_id, min(visited_at), max(visited_at)
FROM visits
GROUP BY swimmer_id;
