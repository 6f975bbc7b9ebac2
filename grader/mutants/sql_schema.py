"""Changes of what a schema holds: constraints that go missing. Pure: tokens to edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from grader.mutants.tokens import Edit, Tokens

_OF_TABLE: Final = {"CONSTRAINT", "CHECK", "UNIQUE", "PRIMARY KEY", "FOREIGN KEY", "EXCLUDE"}
_OF_COLUMN: Final = {
    *("CONSTRAINT", "NOT", "UNIQUE", "PRIMARY KEY", "CHECK", "REFERENCES", "DEFAULT"),
    *("GENERATED", "COLLATE"),
}
_KEPT: Final = {"GENERATED", "COLLATE"}
"""What a column has that is no constraint, and ends the one before."""


def constraints(tokens: Tokens) -> Iterator[Edit]:
    """Each constraint of a table or a column dropped."""
    for opening in _tables(tokens):
        for first, after in _items(tokens, opening):
            if tokens.word(first) in _OF_TABLE:
                yield _without_item(tokens, first, after)
            else:
                yield from _of_column(tokens, first, after)


def actions(tokens: Tokens) -> Iterator[Edit]:
    """ON DELETE and ON UPDATE dropped."""
    for number in tokens.find("ON"):
        if tokens.word(number + 1) in ("DELETE", "UPDATE"):
            words = 2 if tokens.word(number + 2) in ("SET", "NO") else 1
            yield tokens.cut(number, number + 2 + words)


def indexes(tokens: Tokens) -> Iterator[Edit]:
    """A unique index to an ordinary one."""
    for number in tokens.find("UNIQUE"):
        if tokens.word(number + 1) == "INDEX":
            yield tokens.cut(number, number + 1)


def statements(tokens: Tokens) -> Iterator[Edit]:
    """A whole statement of several dropped, but for the making of a table, which all notice."""
    starts = [0, *(n + 1 for n in tokens.find(";") if n + 1 < len(tokens))]
    if len(starts) == 1:
        return
    for start in starts:
        if (tokens.word(start), tokens.word(start + 1)) != ("CREATE", "TABLE"):
            yield tokens.cut(start, min(tokens.until(start, ()) + 1, len(tokens)))


def _tables(tokens: Tokens) -> Iterator[int]:
    """Yield the bracket that opens each CREATE TABLE's list."""
    for number in tokens.find("TABLE"):
        before = {tokens.word(number - 1), tokens.word(number - 2)}
        opening = tokens.until(number, {"("})
        if "CREATE" in before and tokens.word(opening) == "(":
            yield opening


def _items(tokens: Tokens, opening: int) -> Iterator[tuple[int, int]]:
    """Yield the columns and constraints of a table, each from its first token to its comma."""
    first = opening + 1
    while first < tokens.closing(opening):
        after = tokens.until(first, {","})
        yield first, after
        first = after + 1


def _without_item(tokens: Tokens, first: int, after: int) -> Edit:
    if tokens.word(after) == ",":
        return tokens.cut(first, after + 1)
    return tokens.cut(first - 1, after)


def _of_column(tokens: Tokens, first: int, after: int) -> Iterator[Edit]:
    begins = [n for n in range(first + 1, after) if _begins(tokens, n, first)]
    for begin, end in pairwise([*begins, after]):
        if tokens.word(begin) not in _KEPT:
            yield tokens.cut(begin, end)


def _begins(tokens: Tokens, number: int, first: int) -> bool:
    """Whether a column's constraint begins here."""
    word, before = tokens.word(number), tokens.word(number - 1)
    if tokens.depths[number] != tokens.depths[first] or word not in _OF_COLUMN:
        return False
    if word == "NOT" and tokens.word(number + 1) != "NULL":
        return False
    of_another = word == "DEFAULT" and before in ("BY", "SET")
    return not of_another and tokens.word(number - 2) != "CONSTRAINT"


OPERATORS: Final[tuple[Callable[[Tokens], Iterator[Edit]], ...]] = (
    constraints,
    actions,
    indexes,
    statements,
)
