"""Wrong: counts a page after the last full one."""

import os
import re

import psycopg
from flask import Flask, abort, request, url_for
from psycopg.rows import dict_row

ORDERS = {
    None: "id",
    "year": "year, id",
    "-year": "year DESC, id",
    "price": "price, id",
    "-price": "price DESC, id",
}
FOUND = """
    FROM records
    WHERE strpos(lower(artist), lower(%(q)s)) > 0 OR strpos(lower(title), lower(%(q)s)) > 0
"""


def create_app():
    app = Flask(__name__)
    app.get("/records")(search)
    return app


def search():
    page = read_number("page", default="1", highest=1_000_000)
    per_page = read_number("per_page", default="10", highest=50)
    order = ORDERS.get(request.args.get("sort"))
    if errors := find_errors(page, per_page, order):
        return {"errors": errors}, 400
    values = {"q": request.args.get("q", ""), "limit": per_page, "offset": (page - 1) * per_page}
    with psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row) as connection:
        total = connection.execute(f"SELECT count(*) AS total {FOUND}", values).fetchone()["total"]
        pages = total // per_page + 1
        if page > pages:
            abort(404)
        items = connection.execute(
            f"SELECT id, artist, title, year, price {FOUND} ORDER BY {order}"
            " LIMIT %(limit)s OFFSET %(offset)s",
            values,
        ).fetchall()
    numbers = {"page": page, "per_page": per_page, "pages": pages, "total": total}
    return {"items": items, **numbers, "links": find_links(page, pages)}


def read_number(name, default, highest):
    """Return the number, or None if what was sent is not one from 1 to `highest`."""
    text = request.args.get(name, default)
    number = int(text) if re.fullmatch("[0-9]{1,20}", text) else 0
    return number if 1 <= number <= highest else None


def find_errors(page, per_page, order):
    errors = {}
    if page is None:
        errors["page"] = "Give a whole number from 1 to 1000000."
    if per_page is None:
        errors["per_page"] = "Give a whole number from 1 to 50."
    if order is None:
        errors["sort"] = "Sort by year, -year, price or -price."
    return errors


def find_links(page, pages):
    kept = {name: request.args[name] for name in ("q", "sort", "per_page") if name in request.args}

    def link(number):
        return url_for("search", **kept, page=number)

    return {
        "first": link(1),
        "prev": link(page - 1) if page > 1 else None,
        "next": link(page + 1) if page < pages else None,
        "last": link(pages),
    }
