"""The database: one declarative base, one session, and how SQLite is to behave."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Final

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Dialect, Enum, MetaData, event
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

MIGRATIONS: Final = str(Path(__file__).parent / "migrations")

# FULL, not NORMAL: in WAL mode NORMAL may lose the last commits in a power cut, and a submission
# that the browser saw accepted must not be among them (https://sqlite.org/pragma.html).
PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
)

_READS: Final = ("SELECT", "PRAGMA", "EXPLAIN")


def utcnow() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC. SQLite keeps no time zone, so it is cut off and put back."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware → naive UTC. Raises ValueError for a naive datetime."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: use backyard.db.utcnow()")
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Naive UTC → aware."""
        return value and value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Every model's base: `Mapped[...]` columns, named constraints, values of a StrEnum checked."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            create_constraint=True,
            length=20,
            values_callable=lambda words: [word.value for word in words],
        ),
        list[str]: JSON(),
        dict[str, str]: JSON(),
        dict[str, Any]: JSON(),
        list[dict[str, Any]]: JSON(),
    }


db = SQLAlchemy(
    metadata=Base.metadata,
    # An error's text goes to the log; its statement's parameters may be keys and addresses.
    engine_options={"pool_size": 8, "max_overflow": 40, "hide_parameters": True},
    session_options={"expire_on_commit": False},
)


def init_database(app: Flask) -> None:
    """Give `app` its database and `flask db`, its migrations. Opens no connection yet."""
    db.init_app(app)
    Migrate(app, db, directory=MIGRATIONS)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "before_cursor_execute", _begin_before_writing)


def _prepare(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # no implicit BEGIN: see _begin_before_writing
    for pragma in PRAGMAS:
        connection.execute(pragma).close()


def _begin_before_writing(
    connection: Connection,
    cursor: DBAPICursor,
    statement: str,
    parameters: Any,
    context: ExecutionContext,
    executemany: bool,
) -> None:
    """Begin a transaction at its first write, and take the write lock there and then.

    A SQLite transaction that reads first and writes later fails at once, whatever the timeout,
    when another process wrote in between (https://sqlite.org/isolation.html). So reads before the
    first write run on their own, as they would in PostgreSQL's READ COMMITTED, and the first
    write waits for its turn.
    """
    raw = connection.connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection) and not raw.in_transaction:
        writes = context.isinsert or context.isupdate or context.isdelete
        if writes or not statement.lstrip().upper().startswith((*_READS, "WITH")):
            raw.execute("BEGIN IMMEDIATE").close()
