"""Running the learner's SQL, bounded in rows and time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final

import psycopg

from sandbox.runner.suite.postgres import at_line, connect_learner, explain_error, statement
from sandbox.runner.suite.recorder import Recorder
from sandbox.runner.suite.rows import MOST_ROWS, Order, Rows

DECLARE: Final = 'DECLARE "answer" CURSOR FOR '
"""What psycopg puts before a statement that is fetched through the cursor `answer`."""

READ_ONLY: Final = {"default_transaction_read_only": "on"}

WRITES_NOTHING: Final = "SET LOCAL transaction_read_only = on"

Session = Callable[[], AbstractContextManager[psycopg.Connection[Any]]]
"""Gives a session of the learner's in which a statement of theirs may be run."""


class QueryFailed(AssertionError):
    """The learner's SQL could not be run; the message is PostgreSQL's."""


class Query:
    """`query()`: runs the learner's file as role `learner` and returns its `Rows`."""

    def __init__(
        self, files: Mapping[str, str], file: str, session: Session, recorder: Recorder
    ) -> None:
        self._files = files
        self._file = file
        self._session = session
        self._recorder = recorder

    def __call__(self, order: Order = "none", *, file: str | None = None) -> Rows:
        """Run the exercise's file, or the one named, which holds one statement that only reads.

        For `sql` what `database` has arranged is committed first, for `schema` it is seen as it is.
        `order` says how the rows compare: `"none"`, `"exact"`, or a tuple of column names.
        Raises QueryFailed (a failed test) when PostgreSQL refuses it.
        """
        text = self._files[file or self._file].rstrip().removesuffix(";")
        try:
            with self._session() as session:
                columns, rows = _fetch(session, text)
        except psycopg.Error as error:
            said = explain_error(error)
            self._recorder.add(statement(text, error=said))
            where = at_line(DECLARE + text, error)
            raise QueryFailed(f"PostgreSQL refused your query{where}. {said}") from None
        self._recorder.add(statement(text, columns=columns, rows=rows, row_count=len(rows)))
        if len(rows) > MOST_ROWS:
            raise QueryFailed(f"Your query returns more than {MOST_ROWS:,} rows.")
        return Rows(columns, rows, order, self._recorder)


def read_only_session(database: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """Commit what `database` has arranged, and return a session of the learner's that reads it."""
    database.commit()
    return connect_learner(settings=READ_ONLY)


@contextmanager
def undone(database: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """Give the session itself, in which nothing can be written meanwhile: what a sequence gives is
    never taken back. Roll back to here what a statement does to its settings in the end."""
    with database.transaction(force_rollback=True):
        psycopg.Cursor(database).execute(WRITES_NOTHING)
        yield database


def _fetch(session: psycopg.Connection[Any], text: str) -> tuple[tuple[str, ...], list[Any]]:
    """Fetch through a server-side cursor: it takes one statement, and rows as we ask."""
    if not text.strip():
        raise QueryFailed("Your file is empty. Write a SELECT statement.")
    with psycopg.ServerCursor(session, "answer") as cursor:
        cursor.execute(text)
        rows = cursor.fetchmany(MOST_ROWS + 1)
        return tuple(column.name for column in cursor.description or ()), rows
