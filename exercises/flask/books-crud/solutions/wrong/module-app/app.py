"""A JSON API over books. Wrong: an application, but no create_app() that makes one."""

from flask import Flask

app = Flask(__name__)
books = {}


@app.get("/books")
def index():
    return list(books.values())
