CREATE VIEW books AS SELECT 1 AS id, ''::text AS title, ''::text AS isbn;
CREATE VIEW members AS SELECT 1 AS id, ''::text AS name, ''::text AS email;
CREATE VIEW loans AS SELECT 1 AS id, 1 AS book_id, 1 AS member_id,
    current_date AS lent_on, current_date AS returned_on;
