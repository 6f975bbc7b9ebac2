"""`query_budget`: how many SQL statements the learner's program may send."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg

from sandbox.runner.suite.recorder import Recorder, cut

Counted = list[tuple[str, int]]
"""Statements, their values left out, and how often each was sent; the most frequent first."""

SHOWN: Final = 12
"""Different statements that a failure shows."""

ASKED: Final = """
SELECT query, calls FROM monitoring.pg_stat_statements
WHERE userid = 'learner'::regrole AND regexp_replace(query, '\\s+', ' ', 'g') NOT LIKE ALL (%s)
ORDER BY calls DESC, query
"""

GREETINGS: Final = [
    "select pg\\_catalog.version()",
    "select current\\_schema()",
    "SELECT typname AS name, oid, typarray AS array\\_oid, % FROM pg\\_type t WHERE %",
]
"""What SQLAlchemy asks on its first connection to a server, as patterns of LIKE."""

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
                "statements": [[cut(text, 600), calls] for text, calls in sent[:SHOWN]],
            }
        )
        allowed = f"{most} statement{'' if most == 1 else 's'}"
        raise OverBudget(f"Your program sent {total} SQL statements where {allowed} would do.")


def count_statements(suite: psycopg.Connection[Any]) -> Counted:
    """Return what the role `learner` has asked since the last call. `suite` is the suite's own
    session."""
    with psycopg.Cursor(suite) as cursor:
        counted = cursor.execute(ASKED, [GREETINGS]).fetchall()
        cursor.execute(FORGET)
    suite.rollback()
    return counted
