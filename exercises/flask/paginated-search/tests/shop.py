"""What the tests share: a shop whose records the database and the tests know, and its answers."""

import random

from psycopg.sql import SQL, Literal

TABLE = """
CREATE TABLE records (
    id     integer PRIMARY KEY,
    artist text NOT NULL,
    title  text NOT NULL,
    year   integer NOT NULL,
    price  integer NOT NULL
);
"""
ARTISTS = ("Nina Simone", "Fela Kuti", "Björk", "Tom Zé", "Miriam Makeba", "Can", "Os Mutantes")
NOUNS = ("River", "Winter", "Lantern", "Orchard", "Sparrow", "Harbour", "Mirror", "Garden")


class Shop:
    """A shop with no records yet, in a new table."""

    def __init__(self, database):
        self._database = database
        self._new_ids = iter(random.sample(range(1, 100_000), 500))
        self.records = []
        database.execute(TABLE)
        database.commit()

    def add(self, **fields):
        """Add a record, made at random but for `fields`, and return it as the API shows it."""
        return self.add_all([fields])[0]

    def fill(self, count):
        """Add `count` records, and return them in the order of their ids."""
        return by_id(self.add_all([{}] * count))

    def titled(self, *titles):
        """Add a record for each title, by an artist called X, and return the ids by title."""
        added = self.add_all([{"artist": "X", "title": title} for title in titles])
        return {record["title"]: record["id"] for record in added}

    def add_all(self, fields_of_each):
        """Add many records in one statement, and return them in the order given."""
        added = [self._a_record() | fields for fields in fields_of_each]
        rows = (map(Literal, record.values()) for record in added)
        tuples = (SQL("({})").format(SQL(", ").join(row)) for row in rows)
        insert = SQL("INSERT INTO records VALUES {}").format(SQL(", ").join(tuples))
        self._database.execute(insert)
        self._database.commit()
        self.records += added
        return added

    def _a_record(self):
        return {
            "id": next(self._new_ids),
            "artist": random.choice(ARTISTS),
            "title": f"{random.choice(NOUNS)} {random.choice(NOUNS)}",
            "year": random.randint(1950, 2020),
            "price": random.randint(100, 9_999),
        }


def by_id(records):
    """Return the records in the order of their ids."""
    return sorted(records, key=lambda record: record["id"])


def search(client, **params):
    """Return what GET /records answers, which must have all parts that a page has."""
    return follow(client, "/records", **params)


def follow(client, url, **params):
    """Return the page at `url`, the address of a search or a link."""
    assert isinstance(url, str), "A link must be a text."
    response = client.get(url, params=params or None)
    got = response.status_code
    assert got == 200, f"GET {response.request.url.raw_path.decode()} must answer 200, not {got}."
    page = response.json()
    parts = {"items", "page", "per_page", "pages", "total", "links"}
    assert isinstance(page, dict), "A page must be a JSON object."
    assert set(page) == parts, "A page has items, page, per_page, pages, total and links."
    ways = {"first", "prev", "next", "last"}
    assert set(page["links"]) == ways, "The links are first, prev, next and last."
    return page


def found(client, **params):
    """Return the ids that a search finds on one page, in their order."""
    return [record["id"] for record in search(client, **params)["items"]]


def wrong_parameters(client, **params):
    """Return the names, sorted, for which an answer of 400 has an error text."""
    response = client.get("/records", params=params)
    got = response.status_code
    assert got == 400, f"GET /records with {params} must answer 400, but answered {got}."
    body = response.json()
    errors = body.get("errors") if isinstance(body, dict) else None
    assert isinstance(errors, dict), "A 400 must have a JSON object with an object `errors` in it."
    for name, text in errors.items():
        assert isinstance(text, str), f"errors.{name} must be a text."
        assert text, f"errors.{name} must not be empty."
    return sorted(errors)
