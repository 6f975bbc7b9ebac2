"""A JSON API over books: a blueprint of class-based views, and dataclasses in a global."""

from dataclasses import asdict, dataclass, replace

from flask import Blueprint, Flask, abort, jsonify, make_response, request
from flask.views import MethodView
from werkzeug.exceptions import BadRequest


@dataclass(frozen=True)
class Book:
    id: int
    title: str
    author: str
    year: int | None = None


SHELF: dict[int, Book] = {}
RULES = {
    "title": lambda value: isinstance(value, str) and bool(value.strip()),
    "author": lambda value: isinstance(value, str) and bool(value.strip()),
    "year": lambda value: value is None or (type(value) is int and value in range(1450, 2101)),
}


class Shelf(MethodView):
    def get(self):
        books = SHELF.values()
        if (author := request.args.get("author")) is not None:
            books = [book for book in books if book.author == author]
        return jsonify([asdict(book) for book in books])

    def post(self):
        values = checked({"title": None, "author": None} | body())
        book = Book(max(SHELF, default=0) + 1, **values)
        SHELF[book.id] = book
        response = jsonify(asdict(book))
        response.status_code = 201
        response.location = f"/books/{book.id}"
        return response


class OneBook(MethodView):
    def get(self, book_id):
        return jsonify(asdict(find(book_id)))

    def put(self, book_id):
        find(book_id)
        return self.keep(Book(book_id, **checked({"title": None, "author": None} | body())))

    def patch(self, book_id):
        return self.keep(replace(find(book_id), **checked(body())))

    def delete(self, book_id):
        del SHELF[find(book_id).id]
        return make_response("", 204)

    def keep(self, book):
        SHELF[book.id] = book
        return jsonify(asdict(book))


def create_app():
    books = Blueprint("books", __name__, url_prefix="/books")
    books.add_url_rule("", view_func=Shelf.as_view("shelf"))
    books.add_url_rule("/<int:book_id>", view_func=OneBook.as_view("book"))
    app = Flask(__name__)
    app.register_blueprint(books)
    return app


def find(book_id):
    return SHELF.get(book_id) or abort(404)


def body():
    try:
        sent = request.get_json()
    except BadRequest:
        refuse({"body": "not JSON"})
    if not isinstance(sent, dict):
        refuse({"body": "not an object"})
    return sent


def checked(values):
    values = {name: value for name, value in values.items() if name in RULES}
    if wrong := [name for name, value in values.items() if not RULES[name](value)]:
        refuse({name: f"not a good {name}" for name in wrong})
    return values


def refuse(errors):
    abort(make_response(jsonify(errors=errors), 400))
