"""Statements on the exercise's sample data, and the diagram of a schema."""

from __future__ import annotations

import json
from typing import Any, Final

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import Inspector
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import CompileError
from sqlalchemy.types import TypeEngine

from sandbox.protocol import Frame
from sandbox.runner.suite.plans import EXPLAIN
from sandbox.runner.suite.postgres import at_line, explain_error
from sandbox.runner.suite.query import DECLARE, Session
from sandbox.runner.suite.recorder import cells, cut
from sandbox.runner.suite.reporting import TestTimeout
from sandbox.runner.suite.tryout.talk import Talk, bounded

ROWS: Final = 200
"""Rows shown of one answer."""

TABLES: Final = 40
"""Tables shown, and columns of each."""

STATEMENT_SECONDS: Final = 3
"""How long one statement may run; there are two in an answer."""

PLAN: Final = 100_000
"""Characters of JSON that a plan may have."""

DIALECT: Final = postgresql.dialect()  # type: ignore[no-untyped-call]

ANALYZE: Final = EXPLAIN.replace("(", "(ANALYZE, ")

NAMES: Final = """
SELECT relname FROM pg_catalog.pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') ORDER BY oid
"""


class SqlTryout:
    """Runs statements that only read, with the learner's rights, and shows PostgreSQL's plan."""

    def __init__(self, session: Session, talk: Talk) -> None:
        self._session = session
        self._talk = talk

    def serve(self) -> None:
        """Answer until there is no more question."""
        while (question := self._talk.hear()) is not None:
            self._talk.tell(question, **self._answered(question))

    def _answered(self, question: Frame) -> Frame:
        text = str(question.get("statement", "")).strip().removesuffix(";")
        try:
            with bounded(), self._session() as session:
                return self._run(session, text) if text else {"tables": _tables(session)}
        except psycopg.errors.QueryCanceled:
            return {"refused": f"This took longer than {STATEMENT_SECONDS} s and was stopped."}
        except psycopg.Error as error:
            where = at_line(DECLARE + text, error)
            return {"refused": f"PostgreSQL refused this{where}. {explain_error(error)}"}
        except TestTimeout as error:
            return {"refused": str(error)}

    def _run(self, session: psycopg.Connection[Any], text: str) -> Frame:
        _limit(session)
        answer = {"result": _rows(session, text)}
        session.rollback()  # also what it has set
        _limit(session)
        plan = _plan(session, text)
        return answer | ({"plan": plan} if plan else {})


def diagram(inspector: Inspector) -> Frame:
    """Return the tables of a schema: columns, keys, and what else holds."""
    return {"schema": [_table(inspector, name) for name in inspector.get_table_names()[:TABLES]]}


def _rows(session: psycopg.Connection[Any], text: str) -> Frame:
    with psycopg.ServerCursor(session, "answer") as cursor:
        cursor.execute(text)
        rows = cursor.fetchmany(ROWS + 1)
        columns = [column.name for column in cursor.description or ()]
    return {
        "columns": [cut(name, 100) for name in columns],
        "rows": [cells(row) for row in rows[:ROWS]],
        "more": len(rows) > ROWS,
    }


def _limit(session: psycopg.Connection[Any]) -> None:
    """Have the server itself end what takes too long: nothing runs on behind the next question."""
    psycopg.Cursor(session).execute(f"SET LOCAL statement_timeout = '{STATEMENT_SECONDS} s'")


def _plan(session: psycopg.Connection[Any], text: str) -> Frame | None:
    """The plan with what running it has shown; None where it is too large to be drawn, or where it
    takes too long to run to its end, as rows that are not asked for are not counted."""
    with psycopg.Cursor(session) as cursor:
        try:
            # in binary, since that takes a single statement (psycopg, "Binary parameters")
            found = cursor.execute(f"{ANALYZE}{text}".encode(), binary=True).fetchone()
        except psycopg.errors.QueryCanceled:
            return None
    [told] = found[0] if found else [None]
    if not isinstance(told, dict) or len(json.dumps(told)) > PLAN:
        return None
    return told


def _tables(session: psycopg.Connection[Any]) -> list[Frame]:
    with psycopg.Cursor(session) as cursor:
        names = [name for (name,) in cursor.execute(NAMES).fetchall()[:TABLES]]
    return [_sample(session, name) for name in names]


def _sample(session: psycopg.Connection[Any], name: str) -> Frame:
    with psycopg.Cursor(session) as cursor:
        found = cursor.execute(SQL("SELECT * FROM public.{}").format(Identifier(name)))
        columns = [column.name for column in found.description or ()]
        rows = found.fetchmany(ROWS)
        return {
            "name": name,
            "columns": columns[:TABLES],
            "rows": [cells(row) for row in rows],
            "count": found.rowcount,
        }


def _type(found: TypeEngine[Any]) -> str:
    """As PostgreSQL writes it; an empty text for what SQLAlchemy does not know."""
    try:
        return found.compile(dialect=DIALECT)
    except CompileError:
        return ""


def _table(inspector: Inspector, name: str) -> Frame:
    key = inspector.get_pk_constraint(name)["constrained_columns"]
    return {
        "name": cut(name, 100),
        "columns": [
            {
                "name": cut(column["name"], 100),
                "type": cut(_type(column["type"]), 60),
                "required": not column["nullable"],
                "key": column["name"] in key,
            }
            for column in inspector.get_columns(name)[:TABLES]
        ],
        "references": [
            {
                "columns": found["constrained_columns"],
                "table": found["referred_table"],
                "their": found["referred_columns"],
            }
            for found in inspector.get_foreign_keys(name)[:TABLES]
        ],
        "unique": [
            found["column_names"] for found in inspector.get_unique_constraints(name)[:TABLES]
        ],
        "checks": [
            cut(str(found["sqltext"]), 200)
            for found in inspector.get_check_constraints(name)[:TABLES]
        ],
    }
