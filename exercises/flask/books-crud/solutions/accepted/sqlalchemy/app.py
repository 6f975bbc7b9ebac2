"""A JSON API over books, kept in a SQLite file through Flask-SQLAlchemy."""

from flask import Flask, request, url_for
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Book(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author: Mapped[str]
    year: Mapped[int | None]

    def to_json(self):
        return {"id": self.id, "title": self.title, "author": self.author, "year": self.year}


class BadBody(Exception):
    def __init__(self, errors):
        self.errors = errors


def create_app():
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///books.db"
    db.init_app(app)
    with app.app_context():
        db.create_all()

    @app.errorhandler(BadBody)
    def bad_body(error):
        return {"errors": error.errors}, 400

    @app.post("/books")
    def create():
        book = Book(**({"year": None} | read_body(required=("title", "author"))))
        db.session.add(book)
        db.session.commit()
        return book.to_json(), 201, {"Location": url_for("show", book_id=book.id, _external=True)}

    @app.get("/books")
    def index():
        query = select(Book)
        if "author" in request.args:
            query = query.where(Book.author == request.args["author"])
        return [book.to_json() for book in db.session.scalars(query)]

    @app.get("/books/<int:book_id>")
    def show(book_id):
        return db.get_or_404(Book, book_id).to_json()

    @app.put("/books/<int:book_id>")
    def replace(book_id):
        book = db.get_or_404(Book, book_id)
        return save(book, {"year": None} | read_body(required=("title", "author")))

    @app.patch("/books/<int:book_id>")
    def change(book_id):
        return save(db.get_or_404(Book, book_id), read_body(required=()))

    @app.delete("/books/<int:book_id>")
    def delete(book_id):
        db.session.delete(db.get_or_404(Book, book_id))
        db.session.commit()
        return "", 204

    return app


def save(book, values):
    for name, value in values.items():
        setattr(book, name, value)
    db.session.commit()
    return book.to_json()


def read_body(required):
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BadBody({"body": "This is not a JSON object."})
    errors = {name: "This field is required." for name in required if name not in body}
    checks = {"title": text_error, "author": text_error, "year": year_error}
    for name in body.keys() & checks.keys():
        if error := checks[name](body[name]):
            errors[name] = error
    if errors:
        raise BadBody(errors)
    return {name: body[name] for name in body.keys() & checks.keys()}


def text_error(value):
    if not isinstance(value, str):
        return "This must be a text."
    return "" if value.strip() else "This may not be empty."


def year_error(value):
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int):
        return "This must be a whole number."
    return "" if 1450 <= value <= 2100 else "This must be from 1450 to 2100."
