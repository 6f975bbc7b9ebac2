SELECT name, count(books.id) AS books
FROM authors
LEFT JOIN books ON books.author_id = authors.id AND is_in
GROUP BY authors.id;
