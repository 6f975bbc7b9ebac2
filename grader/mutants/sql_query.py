"""Changes of what a statement asks for. Pure: each takes tokens and yields edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sqlglot import TokenType

from grader.mutants.tokens import Edit, Tokens

SIGNS: Final[Mapping[str, str]] = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<>", "<>": "=", "!=": "=",
    "+": "-", "-": "+", "/": "*", "AND": "OR", "OR": "AND", "ASC": "DESC", "DESC": "ASC",
    "EXCEPT": "UNION", "INTERSECT": "UNION",
}  # fmt: skip

FUNCTIONS: Final[Mapping[str, str]] = {
    "MIN": "max", "MAX": "min", "SUM": "max", "AVG": "sum", "LAG": "lead", "LEAD": "lag",
    "RANK": "dense_rank", "DENSE_RANK": "rank", "ROW_NUMBER": "rank",
}  # fmt: skip

CLAUSES: Final = {
    "WHERE", "GROUP BY", "HAVING", "WINDOW", "ORDER BY", "LIMIT", "OFFSET", "FETCH", "FOR",
    "UNION", "EXCEPT", "INTERSECT", "RETURNING", "ON CONFLICT",
    "RANGE", "ROWS", "GROUPS",
}  # fmt: skip
"""Words with which a clause ends, as another one begins."""

_SIDES: Final = {"LEFT", "RIGHT", "FULL"}
_JOINED: Final = {*_SIDES, "OUTER", "INNER", "CROSS", "NATURAL"}


def signs(tokens: Tokens) -> Iterator[Edit]:
    """`<` to `<=`, AND to OR, ASC to DESC and so on."""
    for number in tokens.find(*SIGNS):
        if not _of_between(tokens, number):
            yield tokens.cut(number, number + 1, SIGNS[tokens.word(number)])


def functions(tokens: Tokens) -> Iterator[Edit]:
    """An aggregate or a window function to its sister, count of a column to count of rows."""
    for number in tokens.find(*FUNCTIONS, "COUNT"):
        if tokens.word(number + 1) != "(":
            continue
        if tokens.word(number) != "COUNT":
            yield tokens.cut(number, number + 1, FUNCTIONS[tokens.word(number)])
        elif tokens.word(number + 2) != "*":
            yield tokens.cut(number + 2, tokens.closing(number + 1), "*")


def joins(tokens: Tokens) -> Iterator[Edit]:
    """LEFT JOIN to an inner one, and the other way round."""
    for number in tokens.find("JOIN"):
        first = number
        while tokens.word(first - 1) in _JOINED:
            first -= 1
        before = {tokens.word(n) for n in range(first, number)}
        if before & _SIDES:
            yield tokens.cut(first, number + 1, "JOIN")
        elif before <= {"INNER"}:
            yield tokens.cut(first, number + 1, "LEFT JOIN")


def duplicates(tokens: Tokens) -> Iterator[Edit]:
    """DISTINCT dropped, UNION with duplicates and without."""
    for number in tokens.find("DISTINCT"):
        if tokens.word(number - 1) not in ("IS", "NOT"):
            on = tokens.word(number + 1) == "ON"
            yield tokens.cut(number, tokens.closing(number + 2) + 1 if on else number + 1)
    for number in tokens.find("UNION"):
        if tokens.word(number + 1) == "ALL":
            yield tokens.cut(number + 1, number + 2)
        else:
            yield tokens.after(number, " ALL")


def conditions(tokens: Tokens) -> Iterator[Edit]:
    """WHERE, HAVING and FILTER dropped."""
    for number in tokens.find("WHERE", "HAVING"):
        if tokens.word(number - 2) == "FILTER":
            yield tokens.cut(number - 2, tokens.closing(number - 1) + 1)
        else:
            yield tokens.cut(number, tokens.until(number, CLAUSES))


def negations(tokens: Tokens) -> Iterator[Edit]:
    """NOT dropped; the constraint NOT NULL is none."""
    for number in tokens.find("NOT"):
        if tokens.word(number + 1) != "NULL" or tokens.word(number - 1) == "IS":
            yield tokens.cut(number, number + 1)


def orders(tokens: Tokens) -> Iterator[Edit]:
    """ORDER BY dropped, and each of its terms the other way round."""
    for number in tokens.find("ORDER BY"):
        end = tokens.until(number, CLAUSES)
        yield tokens.cut(number, end)
        begin = number
        while begin < end:
            stop = min(tokens.until(begin, {*CLAUSES, ","}), end)
            words = {tokens.word(n) for n in range(begin, stop)}
            if not words & {"ASC", "DESC"}:
                nulls = next((n for n in range(begin, stop) if tokens.word(n) == "NULLS"), stop)
                yield tokens.after(nulls - 1, " DESC")
            begin = stop


def defaults(tokens: Tokens) -> Iterator[Edit]:
    """COALESCE of something to the thing itself, WITH TIES to ONLY."""
    for number in tokens.find("COALESCE"):
        end = tokens.closing(number + 1)
        comma = next((n for n in range(number, end) if _separates(tokens, n, number)), end)
        yield tokens.cut(comma, end)
    for number in tokens.find("TIES"):
        yield tokens.cut(number - 1, number + 1, "ONLY")


def values(tokens: Tokens) -> Iterator[Edit]:
    """A whole number to the next one, a text to another one."""
    for number in range(len(tokens)):
        kind, literal = tokens.kind(number), tokens.literal(number)
        if kind is TokenType.NUMBER and literal.isdigit() and not _of_type(tokens, number):
            yield tokens.cut(number, number + 1, str(int(literal) + 1))
        elif kind is TokenType.STRING:
            yield tokens.cut(number, number + 1, f"{literal[:-1]}XX'")


def _of_between(tokens: Tokens, number: int) -> bool:
    """Whether this AND belongs to a BETWEEN."""
    if tokens.word(number) != "AND":
        return False
    depth = tokens.depths[number]
    before = (tokens.word(n) for n in range(number - 1, -1, -1) if tokens.depths[n] == depth)
    return next((word for word in before if word in ("BETWEEN", "AND", "OR")), "") == "BETWEEN"


def _separates(tokens: Tokens, comma: int, function: int) -> bool:
    return tokens.word(comma) == "," and tokens.depths[comma] == tokens.depths[function] + 1


def _of_type(tokens: Tokens, number: int) -> bool:
    """Whether this number is a type's, such as the scale of numeric(10, 2)."""
    opening = number
    while opening >= 0 and tokens.word(opening) != "(":
        opening -= 1
    return tokens.word(opening - 1) in {"NUMERIC", "DECIMAL", "TIMESTAMP", "TIMESTAMPTZ", "TIME"}


OPERATORS: Final[tuple[Callable[[Tokens], Iterator[Edit]], ...]] = (
    signs,
    functions,
    joins,
    duplicates,
    conditions,
    negations,
    orders,
    defaults,
    values,
)
