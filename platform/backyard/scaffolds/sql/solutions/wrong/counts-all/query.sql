SELECT name, count(books.id) AS books
FROM authors
LEFT JOIN books ON books.author_id = authors.id
GROUP BY authors.id;
