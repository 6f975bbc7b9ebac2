"""Two tables side by side: which rows are missing, too many, or in the wrong place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

Cells = tuple[str | None, ...]

MOST: Final = 30
"""Rows that are kept of each side (`sandbox.runner.suite.recorder.ROWS`): there may be more."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table. `mark` is "", `missing`, `extra` or `moved`; `place` is where a moved row
    is, or belongs, in the other table, from 1."""

    cells: Cells
    mark: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """What was expected beside what came. `unseen` says that some difference is beyond them."""

    expected: Sequence[Line]
    actual: Sequence[Line]
    unseen: bool


def how_many(rows: Sequence[object]) -> str:
    """How many rows there are; where the rest may have been cut off, that there may be more."""
    if len(rows) >= MOST:
        return f"at least {len(rows)} rows"
    return f"{len(rows)} row{'' if len(rows) == 1 else 's'}"


def tables(exchange: Mapping[str, Any]) -> Tables:
    """Compare the rows of an exchange of kind `rows`, at most `MOST` of each side."""
    expected, actual, missing, extra = (
        [_cells(row) for row in exchange[name]]
        for name in ("expected", "actual", "missing", "extra")
    )
    gone, many = Counter(missing), Counter(extra)
    left = list(_marked(expected, gone, "missing"))
    right = list(_marked(actual, many, "extra"))
    if exchange.get("order", "none") != "none":
        keys = [
            exchange["columns"].index(name)
            for name in exchange.get("keys", ())
            if name in exchange["columns"]
        ]
        right = _moved(left, right, keys)
    return Tables(left, right, unseen=bool(+gone or +many))


def _cells(row: Sequence[Any]) -> Cells:
    return tuple(None if value is None else str(value) for value in row)


def _marked(rows: Sequence[Cells], off: Counter[Cells], mark: str) -> Iterator[Line]:
    """The rows, the last ones marked where equal ones are there besides; takes from `off`."""
    lines = []
    for row in reversed(rows):
        is_off = off[row] > 0
        off[row] -= is_off
        lines.append(Line(row, mark if is_off else ""))
    return reversed(lines)


def _moved(expected: Sequence[Line], actual: Sequence[Line], keys: list[int]) -> list[Line]:
    """`actual` with those rows marked that had to move for the order to be right: the fewest."""

    def keyed(line: Line) -> Cells:
        return tuple(line.cells[key] for key in keys) if keys else line.cells

    ours = [place for place, line in enumerate(actual) if not line.mark]
    theirs = [place for place, line in enumerate(expected) if not line.mark]
    matcher = SequenceMatcher(
        None, [keyed(expected[p]) for p in theirs], [keyed(actual[p]) for p in ours], autojunk=False
    )
    stays = {ours[b + step] for _, b, size in matcher.get_matching_blocks() for step in range(size)}
    places: dict[Cells, list[int]] = {}
    for place in theirs:
        places.setdefault(expected[place].cells, []).append(place + 1)
    return [
        line
        if line.mark or place in stays
        else Line(line.cells, "moved", next(iter(places.get(line.cells, [])), None))
        for place, line in enumerate(actual)
    ]
