"""The fixtures: the product's public API for instructors. docs/authoring.md describes them."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import pytest

from sandbox.runner.suite.context import Context

if TYPE_CHECKING:
    import httpx
    import psycopg

    from sandbox.runner.suite.databases import Databases
    from sandbox.runner.suite.query import Query

ANSWERS_BEFORE: Final = 0.95
"""The part of a test's time that one answer may take, so that it fails with a clear word."""


class Source:
    """`source(name)`: the text of a submitted file; `source.tree(name)`: its syntax tree.

    Files are read, never imported.
    """

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files

    def __call__(self, name: str) -> str:
        """Return the text of `name`. Raises KeyError for a file that the exercise hasn't."""
        return self._files[name]

    def tree(self, name: str) -> ast.Module:
        """Return the parsed file. Raises SyntaxError, which fails the test."""
        return ast.parse(self(name), name)


class Fixtures:
    """A pytest plugin, made for one run. What an environment may lack is imported when used."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._databases: Databases | None = None
        if context.has_database:  # imported only where there is a database to reach
            module = importlib.import_module("sandbox.runner.suite.databases")
            self._databases = module.Databases(context)

    @pytest.fixture
    def client(self, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
        """An `httpx.Client` to the learner's server, started afresh for this test."""
        self._wants("client", "http")
        if self._databases is not None:
            request.getfixturevalue("database")
        seconds = self._context.time_limit(request.node) * ANSWERS_BEFORE
        from sandbox.runner.suite.transport import client_to

        with (
            self._context.process.running() as path,
            client_to(path, seconds, self._context.recorder) as client,
        ):
            yield client

    @pytest.fixture
    def database(self) -> Iterator[psycopg.Connection[Any]]:
        """A psycopg connection to a database that is as new for this test."""
        with self._database().for_test() as connection:
            yield connection

    @pytest.fixture
    def query(self, database: psycopg.Connection[Any]) -> Query:
        """Runs the learner's SQL: `query()` returns rows."""
        self._wants("query", "sql")
        from sandbox.runner.suite.query import Query

        text = self._context.files[self._context.subject["file"]]
        return Query(text, database, self._context.recorder)

    @pytest.fixture
    def schema(self, database: psycopg.Connection[Any]) -> Iterator[Any]:
        """A SQLAlchemy Inspector over what the learner's DDL made."""
        self._wants("schema", "schema")
        with self._database().inspector() as inspector:
            yield inspector

    @pytest.fixture
    def source(self) -> Source:
        """The submitted files as text or syntax tree."""
        return Source(dict(self._context.files))

    def _database(self) -> Databases:
        if self._databases is None:
            raise pytest.UsageError("The exercise's environment has no database.")
        return self._databases

    def _wants(self, fixture: str, kind: str) -> None:
        if self._context.kind != kind:
            raise pytest.UsageError(
                f"`{fixture}` is for subjects of kind {kind}; this one is {self._context.kind}."
            )
