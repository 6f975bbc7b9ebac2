"""An exercise from the rules' side: what learners see of it, and where its tests stand. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from grader.exercise import Exercise

STATEMENT = "README.md"
SETTINGS = "exercise.toml"


def pages(exercise: Exercise) -> Mapping[str, str]:
    """Return the Markdown that learners read, by file name below the exercise's folder."""
    hints = {f"hints/{n}.md": text for n, text in enumerate(exercise.hints, start=1)}
    return {STATEMENT: exercise.statement} | hints


def starter(exercise: Exercise) -> Mapping[str, str]:
    """Return the files that learners start from, by file name below the exercise's folder."""
    return {f"starter/{name}": text for name, text in exercise.starter.items()}


def test_line(exercise: Exercise, test_id: str) -> int | None:
    """Return the line in which a test's function begins; None where it is not to be found."""
    file, *names = test_id.partition("[")[0].split("::")
    node: ast.AST | None = parsed(exercise.suite.get(file, ""))
    for name in names:
        below = ast.iter_child_nodes(node) if node else iter(())
        node = next((n for n in below if getattr(n, "name", None) == name), None)
    return getattr(node, "lineno", None)


def parsed(text: str) -> ast.Module | None:
    """Return Python's tree; None where this Python, which may be older than the image's, can't."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def suite_trees(exercise: Exercise) -> Iterator[tuple[str, ast.Module]]:
    """Yield the Python files of the suite that can be parsed, by name below the folder."""
    for name, text in exercise.suite.items():
        if name.endswith(".py") and (tree := parsed(text)) is not None:
            yield f"tests/{name}", tree
