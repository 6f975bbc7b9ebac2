"""Mutants of SQL. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot
from sqlglot.errors import SqlglotError

from grader.mutants import sql_query, sql_schema
from grader.mutants.mutant import Mutant, mutant
from grader.mutants.tokens import DIALECT, Tokens


def sql_mutants(file: str, text: str) -> Iterator[Mutant]:
    """Yield the mutants of an SQL file; none where it can't be read."""
    try:
        tokens = Tokens(text)
    except SqlglotError:
        return
    seen = {text}
    for operator in (*sql_query.OPERATORS, *sql_schema.OPERATORS):
        for edit in operator(tokens):
            changed = edit.applied(text)
            if changed not in seen and _is_sql(changed):
                seen.add(changed)
                yield mutant(file, text, changed)


def _is_sql(text: str) -> bool:
    try:
        return any(sqlglot.parse(text, read=DIALECT))
    except SqlglotError:
        return False
