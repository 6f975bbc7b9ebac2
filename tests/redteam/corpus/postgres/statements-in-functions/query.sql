SELECT query_to_xml('WITH x AS (DELETE FROM books RETURNING 1) SELECT * FROM x', true, true, '')
