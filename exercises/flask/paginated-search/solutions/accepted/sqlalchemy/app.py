"""A search over the records of a shop, in SQLAlchemy's expressions and with one statement."""

import os
from urllib.parse import urlencode

from flask import Flask, abort, request
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, func, or_, select

records = Table(
    "records",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("artist", Text),
    Column("title", Text),
    Column("year", Integer),
    Column("price", Integer),
)
SORTS = {}
for column in (records.c.year, records.c.price):
    SORTS[column.name], SORTS[f"-{column.name}"] = column, column.desc()


class Wrong(Exception):
    pass


def create_app():
    app = Flask(__name__)
    url = os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url)

    @app.errorhandler(Wrong)
    def wrong(error):
        return {"errors": error.args[0]}, 400

    @app.get("/records")
    def list_records():
        wishes = read_wishes()
        with engine.connect() as connection:
            rows = connection.execute(statement(**wishes)).mappings().all()
        if not rows and wishes["page"] > 1:
            abort(404)
        total = rows[0]["total"] if rows else 0
        return answer(wishes, [{c.name: row[c.name] for c in records.c} for row in rows], total)

    return app


def statement(q, sort, page, per_page):
    wanted = or_(*(c.icontains(q, autoescape=True) for c in (records.c.artist, records.c.title)))
    order = [SORTS[sort]] if sort else []
    found = select(records, func.count().over().label("total")).where(wanted)
    return found.order_by(*order, records.c.id).limit(per_page).offset((page - 1) * per_page)


def answer(wishes, items, total):
    page, per_page = wishes["page"], wishes["per_page"]
    pages = -(-total // per_page) or 1

    def to(number):
        if not 1 <= number <= pages:
            return None
        given = {name: value for name, value in wishes.items() if value is not None}
        return "/records?" + urlencode(given | {"page": number})

    return {
        "items": items,
        "page": page,
        "per_page": per_page,
        "pages": pages,
        "total": total,
        "links": {"first": to(1), "prev": to(page - 1), "next": to(page + 1), "last": to(pages)},
    }


def read_wishes():
    errors = {}
    wishes = {"q": request.args.get("q", ""), "sort": request.args.get("sort")}
    if wishes["sort"] not in (None, *SORTS):
        errors["sort"] = "This is no way to sort."
    for name, usual, most in (("page", 1, 1_000_000), ("per_page", 10, 50)):
        text = request.args.get(name, str(usual))
        if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most:
            wishes[name] = int(text)
        else:
            errors[name] = f"This must be a whole number from 1 to {most}."
    if errors:
        raise Wrong(errors)
    return wishes
