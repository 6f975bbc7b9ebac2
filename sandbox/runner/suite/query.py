"""Running the learner's SQL, bounded in rows and time."""

from __future__ import annotations

from typing import Any, Final

import psycopg

from sandbox.runner.suite.postgres import at_line, connect_learner, explain_error, statement
from sandbox.runner.suite.recorder import Recorder
from sandbox.runner.suite.rows import MOST_ROWS, Order, Rows

DECLARE: Final = 'DECLARE "answer" CURSOR FOR '
"""What psycopg puts before a statement that is fetched through the cursor `answer`."""

READ_ONLY: Final = {"default_transaction_read_only": "on"}


class QueryFailed(AssertionError):
    """The learner's SQL could not be run; the message is PostgreSQL's."""


class Query:
    """`query()`: runs the learner's file as role `learner` and returns its `Rows`."""

    def __init__(self, text: str, database: psycopg.Connection[Any], recorder: Recorder) -> None:
        self._text = text.rstrip().removesuffix(";")
        self._database = database
        self._recorder = recorder

    def __call__(self, order: Order = "none") -> Rows:
        """Commit what `database` has arranged, and run the file in a session that can only read.

        `order` says how the rows compare: `"none"`, `"exact"`, or a tuple of column names.
        Raises QueryFailed (a failed test) when PostgreSQL refuses it.
        """
        self._database.commit()
        try:
            with connect_learner(settings=READ_ONLY) as session:
                columns, rows = self._run(session)
        except psycopg.Error as error:
            said = explain_error(error)
            self._recorder.add(statement(self._text, error=said))
            where = at_line(DECLARE + self._text, error)
            raise QueryFailed(f"PostgreSQL refused your query{where}. {said}") from None
        self._recorder.add(statement(self._text, columns=columns, rows=rows, row_count=len(rows)))
        if len(rows) > MOST_ROWS:
            raise QueryFailed(f"Your query returns more than {MOST_ROWS:,} rows.")
        return Rows(columns, rows, order, self._recorder)

    def _run(self, session: psycopg.Connection[Any]) -> tuple[tuple[str, ...], list[Any]]:
        """Fetch through a server-side cursor: it takes one statement, and rows as we ask."""
        if not self._text.strip():
            raise QueryFailed("Your file is empty. Write a SELECT statement.")
        with psycopg.ServerCursor(session, "answer") as cursor:
            cursor.execute(self._text)
            rows = cursor.fetchmany(MOST_ROWS + 1)
            return tuple(column.name for column in cursor.description or ()), rows
