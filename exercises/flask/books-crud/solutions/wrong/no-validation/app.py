"""A JSON API over books. Wrong: believes whatever it gets."""

from flask import Flask, abort, request


def create_app():
    app = Flask(__name__)
    books = {}
    last_id = 0

    @app.post("/books")
    def create():
        nonlocal last_id
        last_id += 1
        body = request.get_json()
        book = {
            "id": last_id,
            "title": body["title"],
            "author": body["author"],
            "year": body.get("year"),
        }
        books[last_id] = book
        return book, 201, {"Location": f"/books/{last_id}"}

    @app.get("/books")
    def index():
        author = request.args.get("author")
        return [book for book in books.values() if not author or book["author"] == author]

    @app.get("/books/<int:book_id>")
    def show(book_id):
        if book_id not in books:
            abort(404)
        return books[book_id]

    @app.put("/books/<int:book_id>")
    def replace(book_id):
        if book_id not in books:
            abort(404)
        body = request.get_json()
        books[book_id] = {
            "id": book_id,
            "title": body["title"],
            "author": body["author"],
            "year": body.get("year"),
        }
        return books[book_id]

    @app.patch("/books/<int:book_id>")
    def change(book_id):
        if book_id not in books:
            abort(404)
        body = request.get_json()
        for name in ("title", "author", "year"):
            if name in body:
                books[book_id][name] = body[name]
        return books[book_id]

    @app.delete("/books/<int:book_id>")
    def delete(book_id):
        if book_id not in books:
            abort(404)
        del books[book_id]
        return "", 204

    return app
