"""Gives `database` and `query` in pytest's own process, on the PostgreSQL that PGHOST names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import psycopg
import pytest

Key = Callable[[tuple[Any, ...]], Any]


class Rows(list[tuple[Any, ...]]):
    """What the query answered; compares in sequence by `key`, in any order among equal keys."""

    def __init__(self, cursor: psycopg.Cursor[tuple[Any, ...]], key: Key) -> None:
        super().__init__(cursor)
        self.columns = tuple(column.name for column in cursor.description or ())
        self._key = key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list) and self._groups(self) == self._groups(other)

    def _groups(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, Counter[tuple[Any, ...]]]]:
        return [(key, Counter(group)) for key, group in groupby(rows, self._key)]


@pytest.fixture
def database() -> Iterator[psycopg.Connection]:
    """A connection to a database whose schema `public` is empty."""
    with psycopg.connect() as connection:
        connection.execute("DROP SCHEMA IF EXISTS public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.commit()
        yield connection


@pytest.fixture
def query(database: psycopg.Connection) -> Callable[..., Rows]:
    """Run the submission's statement; `order` is `none` or the names of the key columns."""

    def run(order: str | tuple[str, ...] = "none") -> Rows:
        cursor = database.execute(Path("query.sql").read_bytes())
        columns = [column.name for column in cursor.description or ()]
        places = [columns.index(name) for name in order] if order != "none" else []
        return Rows(cursor, itemgetter(*places) if places else lambda row: None)

    return run
