"""Mutants of SQL. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot
from sqlglot.errors import SqlglotError

from grader.mutants.mutant import Mutant, mutant
from grader.mutants.sql_query import OPERATORS as OF_QUERIES
from grader.mutants.sql_schema import OPERATORS as OF_SCHEMAS
from grader.mutants.tokens import DIALECT, Tokens


def sql_mutants(file: str, text: str) -> Iterator[Mutant]:
    """Yield the mutants of an SQL file; none where it can't be read."""
    try:
        tokens = Tokens(text)
    except SqlglotError:
        return
    seen = {text}
    for operator in (*OF_QUERIES, *OF_SCHEMAS):
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
