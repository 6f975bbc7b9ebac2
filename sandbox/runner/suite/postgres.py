"""The suite's and the learner's sessions on the sandbox's PostgreSQL.

Learners own what they create, and may plant functions, operators or settings there. So every
session names its `search_path` itself, the suite's own statements qualify their names, and what
runs the learner's work is a session of the role `learner`, which is no superuser and owns
nothing of the suite's.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final

import psycopg

from sandbox.runner.services.address import DATABASE, POSTGRES_DIRECTORY
from sandbox.runner.suite.recorder import COLUMNS, ROWS, Recorder, cells, cut

FORGET_SETTINGS: Final = """
SET LOCAL ROLE learner;
ALTER ROLE learner RESET ALL;
ALTER ROLE learner IN DATABASE exercise RESET ALL;
RESET ROLE;
"""

DROP_SCHEMAS: Final = """
DO $$
DECLARE
    schema name;
BEGIN
    FOR schema IN
        SELECT nspname FROM pg_catalog.pg_namespace
        WHERE nspowner OPERATOR(pg_catalog.=) 'suite'::pg_catalog.regrole::pg_catalog.oid
    LOOP
        EXECUTE pg_catalog.format('DROP SCHEMA %I CASCADE', schema);
    END LOOP;
END
$$;
"""

FRESH: Final = f"""
{FORGET_SETTINGS}
ALTER DATABASE exercise RESET ALL;
DROP OWNED BY learner CASCADE;
{DROP_SCHEMAS}
CREATE SCHEMA public;
GRANT CONNECT, TEMPORARY ON DATABASE exercise TO learner;
GRANT USAGE ON SCHEMA public TO learner;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO learner
"""

MAY_CREATE: Final = ";GRANT CREATE ON SCHEMA public TO learner"

END_SESSIONS: Final = """
SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
WHERE usename IN ('learner', 'suite') AND pid <> pg_catalog.pg_backend_pid()
"""

LOOK_AGAIN: Final = "SELECT pg_catalog.pg_stat_clear_snapshot()"
"""Without it the view of sessions never changes within a transaction."""

LOOK_SECONDS: Final = 0.0005
"""How long to wait between two looks at whether they have."""

END_SECONDS: Final = 1.0
"""How long other sessions may take to end."""


class RecordingCursor(psycopg.Cursor[Any]):
    """A cursor that records each statement: what was asked, the rows or the error."""

    recorder: Recorder

    def execute(self, query: Any, params: Any = None, **options: Any) -> RecordingCursor:
        """Execute as psycopg does, and record it."""
        try:
            super().execute(query, params, **options)
        except psycopg.Error as error:
            self._record(query, params, error=explain_error(error))
            raise
        self._record(query, params)
        return self

    def _record(self, query: Any, params: Any, error: str | None = None) -> None:
        text = query if isinstance(query, str) else psycopg.sql.as_string(query, self.connection)
        self.recorder.add(statement(text, params, error=error, row_count=max(self.rowcount, 0)))


def statement(
    text: str,
    params: object = None,
    *,
    columns: tuple[str, ...] = (),
    rows: list[Any] | None = None,
    row_count: int = 0,
    error: str | None = None,
) -> dict[str, Any]:
    """Return one SQL exchange, cut to what a person can read."""
    return {
        "kind": "sql",
        "statement": cut(text.strip()),
        "parameters": "" if params is None else cut(repr(params), 300),
        "columns": list(columns[:COLUMNS]),
        "rows": [cells(row) for row in (rows or [])[:ROWS]],
        "row_count": row_count,
        "error": error,
    }


def explain_error(error: psycopg.Error) -> str:
    """Return what PostgreSQL says, with the constraint it names: `UniqueViolation: …`."""
    detail = error.diag.message_detail
    constraint = error.diag.constraint_name
    said = error.diag.message_primary or str(error)
    parts = [f"{type(error).__name__}: {said}"]
    if constraint and constraint not in said:
        parts.append(f"constraint {constraint}")
    if detail:
        parts.append(detail)
    return cut("; ".join(parts), 600)


def at_line(text: str, error: psycopg.Error) -> str:
    """Return ` at line N` of `text`, or nothing where PostgreSQL doesn't say where it stopped."""
    position = error.diag.statement_position  # in characters, from 1
    return f" at line {text.count(chr(10), 0, int(position) - 1) + 1}" if position else ""


def connect_suite(password: str, recorder: Recorder) -> psycopg.Connection[Any]:
    """Return a session of the role `suite` that records what it executes."""
    return _connect("suite", recorder, password=password)


def connect_learner(
    recorder: Recorder | None = None, settings: Mapping[str, str] | None = None
) -> psycopg.Connection[Any]:
    """Return a session of the role `learner`, with `settings` from its start.

    With a `recorder` its statements are recorded.
    """
    return _connect("learner", recorder, settings=settings)


def reset(connection: psycopg.Connection[Any], *, may_create: bool) -> None:
    """End all other sessions and leave an empty schema `public` behind. Role `suite` only.

    `may_create` says whether the learner may create objects in it. Sessions take their time to end,
    so the schema is made meanwhile, and is there for nobody before they have.
    """
    connection.rollback()
    with psycopg.Cursor(connection) as cursor:
        cursor.execute(END_SESSIONS)
        cursor.execute(FRESH + MAY_CREATE if may_create else FRESH)
        _await_end(cursor)
    connection.commit()


def forget_settings(connection: psycopg.Connection[Any]) -> None:
    """Have the learner's next session begin with the server's own settings, whatever a program of
    theirs has set for its role: else plans were theirs to choose. Role `suite` only."""
    psycopg.Cursor(connection).execute(FORGET_SETTINGS)
    connection.commit()


def end_other_sessions(connection: psycopg.Connection[Any]) -> None:
    """End the learner's sessions, and those of the suite that were given up. Role `suite` only.

    They are terminated, for a cancelled query can catch that.
    """
    connection.rollback()
    with psycopg.Cursor(connection) as cursor:
        cursor.execute(END_SESSIONS)
        _await_end(cursor)
    connection.rollback()


def _await_end(cursor: psycopg.Cursor[Any]) -> None:
    """Wait until there are no other sessions; those that came meanwhile are ended as well."""
    deadline = time.monotonic() + END_SECONDS
    while _ends_others(cursor) and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)  # the server's own wait has steps of 100 ms


def _ends_others(cursor: psycopg.Cursor[Any]) -> bool:
    cursor.execute(LOOK_AGAIN)
    return cursor.execute(END_SESSIONS).fetchone() is not None


def usable(connection: psycopg.Connection[Any]) -> bool:
    """Whether `connection` can go on. One that a time limit struck in a statement is closed."""
    if connection.info.transaction_status is psycopg.pq.TransactionStatus.ACTIVE:
        connection.close()
    return not connection.closed


def _connect(
    role: str,
    recorder: Recorder | None,
    *,
    password: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> psycopg.Connection[Any]:
    chosen = {"search_path": "public", **(settings or {})}
    cursor: type[psycopg.Cursor[Any]] = psycopg.Cursor
    if recorder is not None:
        cursor = type("Recording", (RecordingCursor,), {"recorder": recorder})
    return psycopg.connect(
        host=POSTGRES_DIRECTORY,
        dbname=DATABASE,
        user=role,
        password=password,
        options=" ".join(f"-c {name}={value}" for name, value in chosen.items()),
        cursor_factory=cursor,
    )
