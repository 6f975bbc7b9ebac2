"""Gives `database` and `schema` in pytest's own process, on the PostgreSQL that PGHOST names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy


@pytest.fixture(scope="session")
def connection() -> Iterator[psycopg.Connection]:
    """A connection to a database in which the submission's file has been run."""
    with psycopg.connect() as connection:
        connection.execute("DROP SCHEMA IF EXISTS public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.execute(Path("schema.sql").read_bytes())
        connection.commit()
        yield connection


@pytest.fixture
def database(connection: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The connection, in a transaction that is rolled back when the test is over."""
    with connection.transaction(force_rollback=True):
        yield connection


@pytest.fixture
def schema(connection: psycopg.Connection) -> Iterator[sqlalchemy.Inspector]:
    """What the submission's file made."""
    engine = sqlalchemy.create_engine("postgresql+psycopg://", poolclass=sqlalchemy.NullPool)
    with engine.connect() as inspected:
        yield sqlalchemy.inspect(inspected)
