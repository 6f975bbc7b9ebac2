"""Queries and schemas that are handed in: refusals in words, and limits that stop one test only."""

from __future__ import annotations

import pytest

from grader.verdict import Outcome, Report, Verdict
from sandbox.pool import Pool
from tests.functional.probes import grade, probe

QUERIES = """
def test_first(database, query):
    database.execute("CREATE TABLE books (id int)")
    database.execute("INSERT INTO books VALUES (1), (2)")
    assert query() == [(1,), (2,)]

def test_second(database, query):
    database.execute("CREATE TABLE books (id int)")
    assert query() == []
"""

SCHEMAS = """
def test_first(database):
    database.execute("INSERT INTO books VALUES (7)")

def test_second(database, schema):
    assert schema.get_table_names() == ["books"]
    database.execute("INSERT INTO books VALUES (1)")
    assert database.execute("SELECT count(*) FROM books").fetchone() == (1,)
"""

SLOW_FOR_SOME = "CREATE TABLE books (id int CHECK (id <> 7 OR factorial(id + 32000) > 0));"

TABLE = "CREATE TABLE books (id int);"

PROGRAMS = {
    "the function f": "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
    "the trigger t": (
        "CREATE TRIGGER t BEFORE UPDATE ON books"
        " FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();"
    ),
    "the rule r": "CREATE RULE r AS ON DELETE TO books DO INSTEAD NOTHING;",
    "a check that calls nextval": (
        "CREATE SEQUENCE n; ALTER TABLE books ADD CHECK (nextval('n') < 3);"
    ),
    "a check that calls random": "CREATE DOMAIN d AS int CHECK (random() < 0.5);",
    "a check that calls pg_current_xact_id": (
        "ALTER TABLE books ADD CHECK (pg_current_xact_id() IS NULL);"
    ),
    "a check that calls table_to_xml": (
        "ALTER TABLE books ADD CHECK (table_to_xml('books', true, true, '')::text = '');"
    ),
    "a default that calls query_to_xml": (
        "ALTER TABLE books ADD ok text DEFAULT query_to_xml('SELECT 1', true, true, '')::text;"
    ),
    "a view that calls pg_backend_pid": "CREATE VIEW v AS SELECT id + pg_backend_pid() FROM books;",
    "a view that reads pg_locks": "CREATE VIEW v AS SELECT count(*) FROM books, pg_locks;",
    "a sequence that ends soon or begins anew, n": "CREATE SEQUENCE n MAXVALUE 3;",
    "the operator !!": "CREATE OPERATOR !! (RIGHTARG = timestamptz, FUNCTION = timestamptz_out);",
    "a cast to mood": "CREATE TYPE mood AS ENUM ('a'); CREATE CAST (text AS mood) WITH INOUT;",
    "the policy p": "CREATE POLICY p ON books USING (id NOT IN (SELECT id FROM books));",
}

HONEST = """
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN short AS text CHECK (length(VALUE) < 9);
CREATE TABLE shelves (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), at timestamptz DEFAULT now());
CREATE TABLE loans (id serial PRIMARY KEY, number bigint GENERATED ALWAYS AS IDENTITY, rank float
    DEFAULT random(), during tstzrange, since timestamptz CHECK (since > '1970-01-01'::date),
    CHECK (date_trunc('day', since) <= now() + interval '1 day'),
    CHECK (to_char(since, 'D') <> ''));
CREATE TYPE span AS RANGE (subtype = time);
INSERT INTO loans (rank) VALUES (1), (2);
CREATE TABLE books (id int, of mood, name short, day date CHECK (day <= current_date),
    shelf uuid REFERENCES shelves DEFERRABLE INITIALLY DEFERRED,
    twice int GENERATED ALWAYS AS (id * 2) STORED, EXCLUDE (name WITH =));
CREATE UNIQUE INDEX ON books (lower(name)) WHERE day IS NULL;
CREATE VIEW shown AS SELECT count(*), max(day) OVER () FROM books WHERE name ~ 'a' GROUP BY day;
DROP VIEW shown; DROP TABLE IF EXISTS gone;
"""

DEFERS = """
CREATE TABLE nothing (id int PRIMARY KEY);
CREATE TABLE books (id int REFERENCES nothing DEFERRABLE INITIALLY DEFERRED);
"""

SAVEPOINT_FIRST = """
def test_first(database):
    with database.transaction():
        database.execute("INSERT INTO books VALUES (7)")

def test_second(database):
    assert database.execute("SELECT count(*) FROM books").fetchone() == (0,)
"""


COUNTS = """
CREATE TABLE books (id int, number int GENERATED ALWAYS AS IDENTITY CHECK (number > 1000));
CREATE SEQUENCE down INCREMENT -2;
CREATE SEQUENCE nearly MAXVALUE 40000 START 40000;
"""


def query(pool: Pool, text: str, test_seconds: float = 1) -> Report:
    subject = {"kind": "sql", "file": "query.sql"}
    exercise = probe(QUERIES, environment="postgres", subject=subject, test_seconds=test_seconds)
    return grade(pool, text, exercise)


def schema(pool: Pool, text: str, seconds: float = 8) -> Report:
    subject = {"kind": "schema", "file": "schema.sql"}
    exercise = probe(
        SCHEMAS, environment="postgres", subject=subject, seconds=seconds, test_seconds=1
    )
    return grade(pool, text, exercise)


def outcomes(report: Report) -> list[Outcome]:
    return [test.outcome for test in report.tests]


@pytest.mark.parametrize(
    "text", ["SELECT id FROM books", "TABLE books;", "SELECT id FROM books ;--"]
)
def test_a_right_query_passes(pool: Pool, text: str) -> None:
    assert query(pool, text).verdict is Verdict.PASSED


def test_a_query_that_is_refused_is_told_in_postgresqls_words(pool: Pool) -> None:
    two = "cannot insert multiple commands into a prepared statement"
    refusals = {
        "SELECT id FROM books; SELECT 2": two,
        "SELECT id FROM books; DROP TABLE books": two,
        "": "Your file is empty. Write a SELECT statement.",
        "DELETE FROM books RETURNING id": 'syntax error at or near "DELETE"',
        "WITH x AS (DELETE FROM books RETURNING id) SELECT id FROM x": "data-modifying",
        "SELECT set_config('transaction_read_only', 'off', false)": "must be set before any query",
        "SELECT lo_create(0)": "in a read-only transaction",
        "SELECT nosuch FROM books": 'column "nosuch" does not exist',
        "SELECT generate_series(1, 1001)": "returns more than 1,000 rows",
        "SELECT i, random() FROM generate_series(1, 10000000) i ORDER BY 2": "temp_file_limit",
    }
    for text, words in refusals.items():
        report = query(pool, text)
        assert report.verdict is Verdict.FAILED, text
        assert all(words in test.message for test in report.tests), (text, report.tests)


def test_a_query_that_is_refused_is_told_with_its_line(pool: Pool) -> None:
    for text, line in {
        "SELECT id\nFORM books": 2,
        "SELECT nosuch\nFROM books;": 1,
        "\n-- All of them:\n\nSELECT id,\n  nosuch\nFROM books\n": 5,
    }.items():
        message = query(pool, text).tests[0].message
        assert message.startswith(f"PostgreSQL refused your query at line {line}. "), message
    message = query(pool, "\nSELECT 1 / count(id) FROM books WHERE id = 0").tests[0].message
    assert message.startswith("PostgreSQL refused your query. DivisionByZero: "), message


def test_a_query_that_never_ends_is_stopped_and_the_next_test_runs(pool: Pool) -> None:
    report = query(pool, "SELECT id FROM books WHERE pg_sleep(60) IS NOT NULL")
    assert report.verdict is Verdict.TIMEOUT
    assert outcomes(report) == [Outcome.FAILED, Outcome.PASSED]
    assert report.tests[0].message == "This took longer than 1 s and was stopped."


def test_a_query_that_takes_all_memory_has_its_own_verdict(pool: Pool) -> None:
    report = query(pool, "SELECT repeat('x', 500000000)", test_seconds=5)
    assert report.verdict is Verdict.OUT_OF_MEMORY


def test_a_result_of_many_long_columns_is_an_ordinary_failure(pool: Pool) -> None:
    wide = ", ".join(f"repeat('é', 250) AS c{number}" for number in range(300))
    report = query(pool, f"SELECT {wide} FROM generate_series(1, 40)")
    assert report.verdict is Verdict.FAILED, report.message
    assert all(test.exchanges[-1]["kind"] == "rows" for test in report.tests)


def test_a_right_schema_passes(pool: Pool) -> None:
    assert schema(pool, "CREATE TABLE books (id int);").verdict is Verdict.PASSED


def test_a_schema_that_is_refused_is_told_with_its_line(pool: Pool) -> None:
    report = schema(pool, "CREATE TABLE books (id int);\nCREATE TABLE x (i nosuch);")
    assert report.verdict is Verdict.CRASHED
    assert 'at line 2. UndefinedObject: type "nosuch" does not exist' in report.message


@pytest.mark.parametrize(
    "endless",
    ["SELECT pg_sleep(60);", "DO $$ BEGIN LOOP END LOOP; END $$;"],
)
def test_a_schema_that_never_ends_is_a_timeout(pool: Pool, endless: str) -> None:
    report = schema(pool, f"CREATE TABLE books (id int); {endless}", seconds=2)
    assert report.verdict is Verdict.TIMEOUT
    assert report.phases["tests"] < 4


def test_a_schema_that_is_stopped_by_a_tests_limit_is_a_timeout_of_all(pool: Pool) -> None:
    report = schema(pool, "SELECT pg_sleep(60);", seconds=10)
    assert report.verdict is Verdict.TIMEOUT
    assert outcomes(report) == [Outcome.ERROR, Outcome.ERROR]


def test_a_statement_that_is_stopped_disturbs_no_other_test(pool: Pool) -> None:
    report = schema(pool, SLOW_FOR_SOME)
    assert report.verdict is Verdict.TIMEOUT
    assert outcomes(report) == [Outcome.FAILED, Outcome.PASSED]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_schema_with_a_program_is_refused_by_name(pool: Pool, program: str) -> None:
    report = schema(pool, TABLE + PROGRAMS[program])
    assert report.verdict is Verdict.CRASHED
    assert f"Your schema has {program}." in report.message


def test_a_schema_may_have_all_that_is_no_program(pool: Pool) -> None:
    report = schema(pool, HONEST)
    assert "== ['books']" in report.tests[1].message, report.message
    assert outcomes(report) == [Outcome.PASSED, Outcome.FAILED]


def test_numbers_of_sequences_do_not_count_the_rows_of_tests(pool: Pool) -> None:
    assert schema(pool, COUNTS).verdict is Verdict.PASSED


def test_what_a_commit_would_refuse_is_refused_in_the_end(pool: Pool) -> None:
    report = schema(pool, DEFERS)
    assert report.verdict is Verdict.FAILED
    assert report.tests[0].outcome is Outcome.ERROR
    assert report.tests[0].message.startswith("The database accepted what this test did, but would")


def test_a_savepoint_at_a_tests_begin_commits_nothing(pool: Pool) -> None:
    subject = {"kind": "schema", "file": "schema.sql"}
    exercise = probe(SAVEPOINT_FIRST, environment="postgres", subject=subject)
    assert grade(pool, TABLE, exercise).verdict is Verdict.PASSED


def test_what_one_test_inserted_is_not_there_in_the_next(pool: Pool) -> None:
    report = schema(pool, "CREATE TABLE books (id int); COMMIT; BEGIN; COMMIT;")
    assert report.verdict is Verdict.PASSED
