SELECT setval('books_id_seq', 7)
