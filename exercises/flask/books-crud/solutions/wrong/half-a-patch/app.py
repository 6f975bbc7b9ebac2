"""A JSON API over books, kept in a dictionary. Wrong: PATCH saves while it still checks."""

from itertools import count

from flask import Flask, abort, request, url_for

REQUIRED = ("title", "author")


def create_app():
    app = Flask(__name__)
    books = {}
    ids = count(1)

    def find(book_id):
        return books.get(book_id) or abort(404)

    @app.post("/books")
    def create():
        body, errors = read_body()
        if errors:
            return {"errors": errors}, 400
        book = book_fields(body) | {"id": next(ids)}
        books[book["id"]] = book
        return book, 201, {"Location": url_for("show", book_id=book["id"])}

    @app.get("/books")
    def index():
        author = request.args.get("author")
        return [book for book in books.values() if author in (None, book["author"])]

    @app.get("/books/<int:book_id>")
    def show(book_id):
        return find(book_id)

    @app.put("/books/<int:book_id>")
    def replace(book_id):
        book = find(book_id)
        body, errors = read_body()
        if errors:
            return {"errors": errors}, 400
        book.update(book_fields(body))
        return book

    @app.patch("/books/<int:book_id>")
    def change(book_id):
        book = find(book_id)
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            return {"errors": {"body": "Send a JSON object."}}, 400
        for name in (*REQUIRED, "year"):
            if name not in body:
                continue
            if errors := find_errors({name: body[name]}, partial=True):
                return {"errors": errors}, 400
            book[name] = body[name]
        return book

    @app.delete("/books/<int:book_id>")
    def delete(book_id):
        find(book_id)
        del books[book_id]
        return "", 204

    return app


def book_fields(body):
    return {"title": body["title"], "author": body["author"], "year": body.get("year")}


def read_body(partial=False):
    """Return the body without the fields that a book does not have, and what is wrong."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return {}, {"body": "Send a JSON object."}
    body = {name: body[name] for name in (*REQUIRED, "year") if name in body}
    return body, find_errors(body, partial)


def find_errors(body, partial):
    errors = {}
    for name in REQUIRED:
        if not (partial and name not in body) and not is_text(body.get(name)):
            errors[name] = f"Give the {name} as a text that is not empty."
    if not is_year(body.get("year")):
        errors["year"] = "Give the year as a whole number from 1450 to 2100."
    return errors


def is_text(value):
    return isinstance(value, str) and value.strip() != ""


def is_year(value):
    return value is None or (type(value) is int and 1450 <= value <= 2100)
