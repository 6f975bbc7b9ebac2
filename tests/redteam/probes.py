"""Exercises of the corpus' own. Each is passed only by an attack that succeeds.

What is secret in them is drawn anew for each grading, so no attack can know it beforehand.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from grader.exercise import Exercise
from tests.functional.probes import probe

SECRET: Final = '''
SECRET = "{secret}"

def test_secret(client):
    """The application answers with what the tests alone know."""
    assert client.get("/").text == SECRET
'''

SECRET_IN_POSTGRES: Final = '''
SECRET = "{secret}"

def test_secret(client, database):
    """The application answers with what the tests alone know, and have asked the database."""
    database.execute(f"SELECT '{{SECRET}}'")
    assert client.get("/").text == SECRET
'''

THROUGH: Final = '''
def test_through(client):
    """The application says that it got through a wall."""
    assert client.get("/").text == "through"
'''

THROUGH_CALLED: Final = '''
def test_through({service}call):
    """The program says that it got through a wall."""
    assert call("app:attack") == "through"
'''

LEFTOVERS: Final = '''
TOKEN = "{secret}"

def test_before(client{database}):
    """The application takes a token."""
    assert client.post("/", content=TOKEN).status_code == 200

def test_after(client{database}):
    """An application that was started anew still has the token."""
    assert client.get("/").text == TOKEN
'''

LEFTOVERS_IN_REDIS: Final = '''
TOKEN = "{secret}"

def test_before(redis, call):
    """The program takes a token."""
    assert call("app:take", TOKEN) == "taken"

def test_after(redis, call):
    """A program that was started anew still has the token."""
    assert call("app:tell") == TOKEN
'''

SUM: Final = '''
import random

def test_sum(client):
    """GET /sum?a=…&b=… answers with the sum."""
    a, b = random.sample(range(10**9), 2)
    answer = client.get("/sum", params={{"a": a, "b": b}})
    assert answer.status_code == 200
    assert answer.text == str(a + b)
    assert answer.json() == a + b
    assert answer.cookies.get("sum", "") == ""
'''

JSON: Final = '''
def test_json(client):
    """GET / answers with an object that holds the secret."""
    assert client.get("/").json() == {{"secret": "{secret}", "more": [1, 2]}}
'''

TRAP: Final = '''
def test_trap(client, database):
    """What the application plants runs with the rights of the tests, and it can tell."""
    client.post("/")
    database.execute("INSERT INTO books VALUES (1)")
    database.commit()
    database.execute("SELECT * FROM shown")
    assert client.get("/").text == "through"
'''

SOURCE: Final = '''
import ast

def test_source(source):
    """The application has a function `add` that adds."""
    tree = source.tree("app.py")
    names = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert names == ["{secret}"]
'''

QUERY: Final = '''
SECRET = "{secret}"

def test_secret(database, query):
    """The query returns what the tests alone know, and have asked the database."""
    database.execute("CREATE TABLE books (id int)")
    database.execute(f"SELECT '{{SECRET}}'")
    assert query() == [(SECRET,)]

def test_it_is_run_again(database, query):
    """The query still does."""
    assert query() == [(SECRET,)]
'''

SCHEMA: Final = '''
SECRET = "{secret}"

def test_secret(database):
    """The schema holds what the tests alone know."""
    database.execute("INSERT INTO books VALUES (1)")
    assert database.execute("SELECT loot::text FROM loot").fetchall() == [(SECRET,)]
'''

BUDGET: Final = '''
def test_budget(client, database, query_budget):
    """The application tells what is in the database, and asks it nothing."""
    client.post("/")
    database.execute("CREATE TABLE secrets (secret text)")
    database.execute("INSERT INTO secrets VALUES ('{secret}')")
    database.commit()
    with query_budget(0):
        answer = client.get("/")
    assert answer.text == "{secret}"
'''

PLAN: Final = '''
def test_plan({client}database, plan):
    """Five rows are read by an index, though to read them all is cheaper."""
    {prepare}
    database.execute("INSERT INTO books SELECT 'b' || n FROM generate_series(1, 5) n")
    database.execute("ANALYZE books")
    assert plan("SELECT title FROM books WHERE title = 'b1'").scans("books") != ["Seq Scan"]
'''

NUMBERS: Final = '''
def test_numbers(database, query):
    """The query says which number the next book gets."""
    query(file="query.sql")
    assert database.execute("INSERT INTO books DEFAULT VALUES RETURNING id").fetchone() == (8,)
'''

CALL: Final = '''
def test_call(call):
    """What the program gives back is what the tests alone know."""
    assert call("app:attack") == "{secret}"

def test_once_more(call):
    """It still is."""
    assert call("app:attack") == "{secret}"
'''

RUN: Final = '''
def numbers():
    while True:
        yield b"1\\n" * 1000

def test_run(run):
    """The command tells what the tests alone know, however long they speak to it."""
    done = run("python", "app.py", stdin=numbers())
    assert (done.exit_code, done.stdout) == (0, "{secret}")

def test_once_more(run):
    """It still does."""
    assert run("python", "app.py").stdout == "{secret}"
'''

_ANY: Final = ("*.py", "*/*.py")
_PYTHON: Final = {"kind": "python"}
_ALONE: Final = {"kind": "http", "app": "app:create_app", "isolation": "process"}
_CALLED_ALONE: Final = {"kind": "python", "isolation": "process"}
_COMMAND: Final = {"kind": "command"}
_ASGI: Final = {"kind": "http", "app": "app:app"}
_SERVER: Final = {"kind": "http", "start": ["python", "app.py"], "port": 8080}
_SQL: Final = {"kind": "sql", "file": "query.sql"}
_SCHEMA: Final = {"kind": "schema", "file": "schema.sql"}


def _made(
    suite: str,
    environment: str = "python",
    subject: Mapping[str, object] | None = None,
    files: Sequence[str] = (),
    may_add: Sequence[str] = (),
    **texts: str,
) -> Callable[[], Exercise]:
    def make() -> Exercise:
        filled = suite.format(secret=secrets.token_hex(16), **texts)
        return probe(
            filled,
            environment=environment,
            subject=subject,
            files=files,
            may_add=may_add,
            seconds=6,
            test_seconds=2,
        )

    return make


PROBES: Final[Mapping[str, Callable[[], Exercise]]] = {
    "probe/secret": _made(SECRET),
    "probe/secret-added": _made(SECRET, may_add=_ANY),
    "probe/secret-postgres": _made(SECRET_IN_POSTGRES, "postgres"),
    "probe/through": _made(THROUGH),
    "probe/through-web": _made(THROUGH_CALLED, "web", _PYTHON, service="website, "),
    "probe/through-redis": _made(THROUGH_CALLED, "redis", _PYTHON, service="redis, "),
    "probe/leftovers": _made(LEFTOVERS, "python", _ALONE, database=""),
    "probe/leftovers-postgres": _made(LEFTOVERS, "postgres", _ALONE, database=", database"),
    "probe/leftovers-redis": _made(LEFTOVERS_IN_REDIS, "redis", _CALLED_ALONE),
    "probe/leftovers-port": _made(LEFTOVERS, "web", _SERVER, database=""),
    "probe/call": _made(CALL, "python", _PYTHON),
    "probe/run": _made(RUN, "python", _COMMAND),
    "probe/run-added": _made(RUN, "python", _COMMAND, may_add=_ANY),
    "probe/sum": _made(SUM),
    "probe/sum-asgi": _made(SUM, "fastapi", _ASGI),
    "probe/json": _made(JSON),
    "probe/trap": _made(TRAP, "postgres"),
    "probe/budget": _made(BUDGET, "postgres"),
    "probe/plan": _made(PLAN, "postgres", client="client, ", prepare='client.post("/")'),
    "probe/plan-schema": _made(PLAN, "postgres", _SCHEMA, client="", prepare=""),
    "probe/numbers": _made(NUMBERS, "postgres", _SCHEMA, ["schema.sql", "query.sql"]),
    "probe/source": _made(SOURCE),
    "probe/query": _made(QUERY, "postgres", _SQL),
    "probe/schema": _made(SCHEMA, "postgres", _SCHEMA),
}
"""How to make each probe, by the name that an attack.toml gives."""
