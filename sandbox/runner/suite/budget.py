"""`query_budget`: how many SQL statements the learner's program may send."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg

from sandbox.runner.suite.recorder import Recorder

Counted = list[tuple[str, int]]
"""Statements, their values left out, and how often each was sent; the most frequent first."""

SHOWN: Final = 12
"""Different statements that a failure shows."""

SHOWN_OF_EACH: Final = 600
"""Characters of a statement that a failure shows. The server cuts it: it may be of any length."""

WITHOUT_ROWS: Final = (
    r"^\s*(begin|start|commit|end|rollback|abort|savepoint|release|set|reset|show|discard|deallocate"
    r"|alter role|fetch|move|close|listen|unlisten)\M"
)
"""How the statements begin that are not counted: of transactions, settings and cursors. What
declares a cursor is counted, and what fetches from it is not."""

ASKED: Final = f"""
SELECT left(coalesce(query, ''), {SHOWN_OF_EACH}), calls FROM monitoring.pg_stat_statements
WHERE userid = 'learner'::regrole AND coalesce(query, '') !~* '{WITHOUT_ROWS}' AND queryid NOT IN (
    SELECT queryid FROM monitoring.pg_stat_statements WHERE userid = 'suite'::regrole
)
ORDER BY calls DESC, query
"""
"""What the learner's role has asked and the suite's has not: these are the same only where all that
they name is, too, so learners can dress up nothing of their own as a greeting."""

GREETINGS: Final = (
    "select pg_catalog.version()",
    "select current_schema()",
    "SELECT typname AS name, oid, typarray AS array_oid, oid::regtype::text AS regtype,"
    " typdelim AS delimiter FROM pg_type t WHERE t.oid = to_regtype(%s) ORDER BY t.oid",
)
"""What SQLAlchemy asks on its first connection to a server. The suite asks it too, so it is not
counted."""

FORGET: Final = "SELECT monitoring.pg_stat_statements_reset()"


class OverBudget(AssertionError):
    """More statements were sent than the test allows."""


class QueryBudget:
    """`with query_budget(2): client.get("/authors")`."""

    def __init__(self, count: Callable[[], Counted], recorder: Recorder) -> None:
        self._count = count
        self._recorder = recorder

    @contextmanager
    def __call__(self, most: int) -> Iterator[None]:
        """Allow at most `most` statements within; BEGIN, COMMIT and the like don't count.

        Raises OverBudget, and records the statements, with what often each was sent.
        """
        self._count()
        yield
        sent = self._count()
        total = sum(calls for _, calls in sent)
        if total <= most:
            return
        self._recorder.add(
            {
                "kind": "statements",
                "most": most,
                "total": total,
                "statements": [list(statement) for statement in sent[:SHOWN]],
            }
        )
        raise OverBudget(f"Your program sent {_sql(total)} where {_sql(most)} would do.")


def _sql(count: int) -> str:
    return f"{count} SQL statement{'' if count == 1 else 's'}"


def count_statements(suite: psycopg.Connection[Any]) -> Counted:
    """Return what the role `learner` has asked since the last call. `suite` is the suite's own
    session."""
    with psycopg.Cursor(suite) as cursor:
        cursor.execute("SET LOCAL search_path = pg_catalog")  # learners may have planted operators
        for greeting in GREETINGS:
            cursor.execute(greeting, ["hstore"] if "%s" in greeting else None)
        counted = cursor.execute(ASKED).fetchall()
        cursor.execute(FORGET)
    suite.rollback()
    return counted
