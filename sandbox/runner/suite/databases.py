"""A database that is as new for each test, in the way that the kind of subject needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
import sqlalchemy
from sqlalchemy.pool import NullPool

from sandbox.runner.suite.budget import Counted, count_statements
from sandbox.runner.suite.context import Context
from sandbox.runner.suite.ddl import check_deferred, find_program
from sandbox.runner.suite.postgres import (
    at_line,
    connect_learner,
    connect_suite,
    end_other_sessions,
    explain_error,
    forget_settings,
    reset,
    statement,
    usable,
)
from sandbox.runner.suite.query import Session, read_only_session, undone
from sandbox.runner.suite.subject import SubjectCrashed


class Databases:
    """Hands out connections to the sandbox's one database.

    For `sql` the suite's role arranges data that the learner's session sees, so everything is wiped
    after each test. For `schema` the learner's DDL runs once, and each test is a transaction of
    that role that is rolled back. For all others everything is wiped, too, but tests have a session
    of the role `learner`: what a program plants in its tables runs with the rights of whoever
    touches them.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._suite: psycopg.Connection[Any] | None = None
        self._learner: psycopg.Connection[Any] | None = None
        self._ddl_error: BaseException | None = None

    @contextmanager
    def for_test(self) -> Iterator[psycopg.Connection[Any]]:
        """Give one test its connection, and clean up behind it."""
        kinds = {"sql": self._as_owner, "schema": self._in_schema}
        with kinds.get(self._context.kind, self._as_neighbour)() as connection:
            yield connection

    @contextmanager
    def _as_owner(self) -> Iterator[psycopg.Connection[Any]]:
        try:
            yield self._as_suite()
        finally:
            self._wipe()

    @contextmanager
    def _as_neighbour(self) -> Iterator[psycopg.Connection[Any]]:
        self._as_suite()
        connection = connect_learner(self._context.recorder)
        try:
            yield connection
        finally:
            connection.close()
            self._wipe()

    @contextmanager
    def _in_schema(self) -> Iterator[psycopg.Connection[Any]]:
        connection = self._with_learners_schema()
        psycopg.Cursor(connection).execute("SELECT")  # begins what is rolled back in the end
        try:
            yield connection
            check_deferred(connection)
        finally:
            self._undo(connection)

    @contextmanager
    def inspector(self) -> Iterator[sqlalchemy.Inspector]:
        """Give an Inspector over what the learner's DDL made, in a session of its own."""
        self._with_learners_schema()
        engine = sqlalchemy.create_engine(
            "postgresql+psycopg://", creator=connect_learner, poolclass=NullPool
        )
        with engine.connect() as connection:
            yield sqlalchemy.inspect(connection)

    def session(self, database: psycopg.Connection[Any]) -> Session:
        """Where a statement of the learner's is run: for `schema` in `database`, the test's own
        transaction, in which its tables are."""
        if self._context.kind == "schema":
            return partial(undone, database)
        return partial(self._beside, database)

    def statements(self) -> Counted:
        """What the role `learner` has asked since the last call, counted by the server."""
        return count_statements(self._as_suite())

    def _beside(self, database: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
        database.commit()
        forget_settings(self._as_suite())
        return read_only_session(database)

    def _as_suite(self) -> psycopg.Connection[Any]:
        return self._suite or self._wipe()

    def _wipe(self) -> psycopg.Connection[Any]:
        if self._suite is None or not usable(self._suite):
            self._suite = connect_suite(self._context.secrets["postgres"], self._context.recorder)
        reset(self._suite, may_create=self._context.kind != "sql")
        return self._suite

    def _undo(self, connection: psycopg.Connection[Any]) -> None:
        if usable(connection):
            connection.rollback()
        else:
            end_other_sessions(self._as_suite())

    def _with_learners_schema(self) -> psycopg.Connection[Any]:
        if self._ddl_error is not None:
            raise self._ddl_error
        if self._learner is None:
            self._as_suite()
            try:
                self._run_ddl(self._context.files[self._context.subject["file"]])
            except BaseException as error:
                self._ddl_error = error
                raise
        if self._learner is None or self._learner.closed:
            self._learner = connect_learner(self._context.recorder)
        return self._learner

    def _run_ddl(self, text: str) -> None:
        session = connect_learner()
        session.autocommit = True
        try:
            session.execute(text.encode())
        except psycopg.Error as error:
            said = explain_error(error)
            self._context.recorder.add(statement(text, error=said))
            where = at_line(text, error)
            raise SubjectCrashed(f"PostgreSQL refused your schema{where}. {said}") from None
        finally:
            session.close()
        forget_settings(self._as_suite())
        if program := find_program(self._as_suite()):
            raise SubjectCrashed(
                f"Your schema has {program}. It may have tables, types, constraints, indexes and "
                "views, but no programs such as functions, triggers or rules, and no expression "
                "that calls a function whose answer depends on more than its arguments."
            )
