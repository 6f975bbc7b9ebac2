"""Changes an accepted solution in many small ways, for tests to notice. Pure: texts in, texts out.

Python's operators are mutmut's, SQL's work on sqlglot's tokens, so that all that is not changed
stays as its author wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.mutants.mutant import Mutant

__all__ = ["Mutant", "mutants_of"]


def mutants_of(files: Mapping[str, str]) -> Iterator[Mutant]:
    """Yield each change of one of `files` (texts by name) that is in Python or SQL.

    Raises ModuleNotFoundError where mutmut is not installed.
    """
    for file, text in files.items():
        if file.endswith(".py"):
            from grader.mutants.python import python_mutants  # an extra brings what it needs

            yield from python_mutants(file, text)
        elif file.endswith(".sql"):
            from grader.mutants.sql import sql_mutants

            yield from sql_mutants(file, text)
