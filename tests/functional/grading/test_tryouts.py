"""Trying one's own work, in real sandboxes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from grader.exercise import Exercise
from grader.loading import load_exercise
from grader.tryout import Tryout, TryoutEnded
from sandbox.pool import Pool
from tests.functional.probes import probe

EXERCISES: Final = Path(__file__).parents[3] / "exercises"

APP: Final = """
import os
from flask import Flask, request

def create_app():
    app = Flask(__name__)
    kept = []

    @app.post("/kept")
    def keep():
        print("kept", request.json)
        kept.append(request.json)
        return kept, 201, {"X-Token": request.headers.get("X-Token", "none")}

    @app.get("/kept")
    def show():
        return kept

    @app.get("/error")
    def fail():
        raise RuntimeError("as asked")

    @app.get("/leave")
    def leave():
        print("I leave")
        os._exit(3)

    @app.get("/stay")
    def stay():
        while True: pass

    return app
"""
SCHEMA: Final = """
CREATE TABLE shelves (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE books (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shelf integer NOT NULL REFERENCES shelves,
    year integer CHECK (year > 1450)
);
"""


@contextmanager
def trying(pool: Pool, exercise: Exercise, **files: str) -> Iterator[Tryout]:
    """A tryout of files, by their names with `__` for the dot."""
    sandbox = pool.take(exercise.metadata.environment)
    try:
        named = {name.replace("__", "."): text for name, text in files.items()}
        yield Tryout(sandbox, exercise, named)
    finally:
        pool.discard(sandbox)


def request(path: str, method: str = "GET", body: str = "", **headers: str) -> dict[str, Any]:
    sent = [[name.replace("_", "-"), value] for name, value in headers.items()]
    return {"method": method, "path": path, "headers": sent, "body": body}


def test_requests_reach_one_running_application(pool: Pool) -> None:
    with trying(pool, probe(), app__py=APP) as tryout:
        json = {"Content_Type": "application/json"}
        first = tryout.ask(request("/kept", "POST", '{"a": 1}', X_Token="t", **json))
        response = first["exchange"]["response"]
        assert response["status"] == 201
        assert ["x-token", "t"] in response["headers"]
        assert "kept {'a': 1}" in first["output"]
        shown = tryout.ask(request("/kept"))["exchange"]["response"]["body"]
        assert shown.strip() == '[{"a":1}]'


def test_an_error_shows_its_traceback_and_nothing_ends(pool: Pool) -> None:
    with trying(pool, probe(), app__py=APP) as tryout:
        answer = tryout.ask(request("/error"))
        assert answer["exchange"]["response"]["status"] == 500
        assert "RuntimeError: as asked" in answer["output"]
        assert tryout.ask(request("/kept"))["exchange"]["response"]["status"] == 200


def test_an_application_that_leaves_is_started_anew(pool: Pool) -> None:
    with trying(pool, probe(), app__py=APP) as tryout:
        tryout.ask(request("/kept", "POST", "1", Content_Type="application/json"))
        answer = tryout.ask(request("/leave"))
        assert answer["ended"]
        assert "without an answer" in answer["exchange"]["error"]
        assert "I leave" in answer["output"]
        assert tryout.ask(request("/kept"))["exchange"]["response"]["body"].strip() == "[]"


def test_an_application_that_hangs_is_started_anew(pool: Pool) -> None:
    with trying(pool, probe(), app__py=APP) as tryout:
        answer = tryout.ask(request("/stay"))
        assert "did not answer within" in answer["exchange"]["error"]
        assert tryout.ask(request("/kept"))["exchange"]["response"]["status"] == 200


def test_an_application_that_does_not_start_says_why_each_time(pool: Pool) -> None:
    with trying(pool, probe(), app__py="def create_app(:") as tryout:
        for _ in range(2):
            assert "SyntaxError" in tryout.ask(request("/"))["crashed"]


@pytest.mark.parametrize("path", ["/a b\n", "http://[", "/\ud800"])
def test_what_can_not_be_sent_is_refused_and_nothing_ends(pool: Pool, path: str) -> None:
    with trying(pool, probe(), app__py=APP) as tryout:
        answer = tryout.ask(request(path))
        assert "refused" in answer or answer["exchange"]["response"]["status"] in (400, 404)
        assert tryout.ask(request("/kept"))["exchange"]["response"]["status"] == 200


def test_too_much_memory_ends_it_with_a_sentence(pool: Pool) -> None:
    greedy = APP.replace("while True: pass", "return str(len(bytearray(10**9) * 2))")
    with (
        trying(pool, probe(), app__py=greedy) as tryout,
        pytest.raises(TryoutEnded, match="more memory"),
    ):
        tryout.ask(request("/stay"))


@pytest.fixture(scope="module")
def customers() -> Exercise:
    return load_exercise(EXERCISES / "sql" / "top-customers")


def test_statements_run_on_the_sample_data_with_their_plan(pool: Pool, customers: Exercise) -> None:
    with trying(pool, customers, query__sql="SELECT 1") as tryout:
        tables = tryout.ask({})["tables"]
        assert [table["name"] for table in tables] == ["customers", "orders", "order_lines"]
        assert all(table["rows"] for table in tables)
        answer = tryout.ask({"statement": "SELECT count(*) AS many FROM customers;"})
        assert answer["result"]["columns"] == ["many"]
        assert answer["result"]["rows"] == [[str(tables[0]["count"])]]
        assert answer["plan"]["Plan"]["Node Type"] == "Aggregate"
        assert answer["plan"]["Plan"]["Actual Rows"] == 1


@pytest.mark.parametrize(
    "statement",
    ["SELEC 1", "DELETE FROM customers", "SELECT 1; SELECT 2", "COMMIT", "SELECT pg_sleep(60)"],
)
def test_statements_that_fail_say_why_and_nothing_ends(
    pool: Pool, customers: Exercise, statement: str
) -> None:
    with trying(pool, customers, query__sql="") as tryout:
        assert tryout.ask({"statement": statement})["refused"]
        assert tryout.ask({"statement": "SELECT 1"})["result"]["rows"] == [["1"]]


def test_rows_are_shown_of_a_statement_that_is_too_long_for_a_plan(
    pool: Pool, customers: Exercise
) -> None:
    endless = "SELECT 1 FROM generate_series(1, 100000) a, generate_series(1, 100000) b"
    with trying(pool, customers, query__sql="") as tryout:
        answer = tryout.ask({"statement": endless})
        assert answer["result"]["more"]
        assert "plan" not in answer


def test_types_are_told_as_postgresql_writes_them(pool: Pool) -> None:
    exercise = probe(environment="postgres", subject={"kind": "schema", "file": "schema.sql"})
    ddl = "CREATE TYPE mood AS ENUM ('good'); CREATE TABLE x (a mood, b text[], c timestamptz);"
    with trying(pool, exercise, schema__sql=ddl) as tryout:
        [table] = tryout.ask({})["schema"]
        types = [column["type"] for column in table["columns"]]
        assert types == ["mood", "TEXT[]", "TIMESTAMP WITH TIME ZONE"]


def test_a_schema_is_told_as_tables_and_references(pool: Pool) -> None:
    exercise = probe(
        environment="postgres", subject={"kind": "schema", "file": "schema.sql"}, seconds=8
    )
    with trying(pool, exercise, schema__sql=SCHEMA) as tryout:
        shelves, books = sorted(
            tryout.ask({})["schema"], key=lambda table: table["name"], reverse=True
        )
        assert shelves["unique"] == [["name"]]
        assert [c["name"] for c in shelves["columns"] if c["key"]] == ["id"]
        assert books["references"] == [{"columns": ["shelf"], "table": "shelves", "their": ["id"]}]
        assert "1450" in books["checks"][0]


def test_a_schema_that_is_refused_says_why(pool: Pool) -> None:
    exercise = probe(environment="postgres", subject={"kind": "schema", "file": "schema.sql"})
    with trying(pool, exercise, schema__sql="CREATE TABEL x ();") as tryout:
        assert "syntax error" in tryout.ask({})["crashed"]


def test_the_exercises_tests_are_out_of_reach(pool: Pool) -> None:
    spy = """
import os
def application(environ, start):
    start("200 OK", [])
    found = []
    for folder in ("/suite", "/proc/1/root/suite", "/"):
        try: found.append(os.listdir(folder))
        except OSError as error: found.append(error.strerror)
    return [repr(found).encode()]
"""
    with trying(pool, probe(subject={"kind": "http", "app": "app:application"}), app__py=spy) as it:
        body = it.ask(request("/"))["exchange"]["response"]["body"]
        assert body.startswith("['Permission denied', 'Permission denied'")
