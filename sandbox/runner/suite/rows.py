"""A query's result, and how it compares with what was expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, Literal

from sandbox.runner.suite.recorder import COLUMNS, ROWS, Recorder, cells

Order = Literal["none", "exact"] | tuple[str, ...]
Row = tuple[Any, ...]

MOST_ROWS: Final = 1000
"""Rows that a query may return; an exercise's right answer has far fewer."""


class Rows(Sequence[Row]):
    """Rows in the order in which the database returned them.

    `rows == expected` compares under the declared order: `none` as multisets, `exact` one by
    one, and a tuple of column names by these columns, where rows of equal key may change places.
    A failed comparison is recorded with what is missing and what is too much.
    """

    __hash__ = None  # type: ignore[assignment]  # compared by value, like a list

    def __init__(
        self, columns: Sequence[str], rows: Sequence[Row], order: Order, recorder: Recorder
    ) -> None:
        self.columns = tuple(columns)
        self.difference = ""
        self._rows = [tuple(row) for row in rows]
        self._order = order
        self._recorder = recorder

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        return self._rows[index]

    def __repr__(self) -> str:
        return f"<{len(self._rows)} rows of {', '.join(self.columns)}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        expected = [tuple(row) for row in other]
        self.difference = self._compare(expected)
        if self.difference:
            self._record(expected)
        return not self.difference

    def _compare(self, expected: list[Row]) -> str:
        missing, extra = _left_over(expected, self._rows), _left_over(self._rows, expected)
        if missing or extra:
            return _count(missing, extra)
        if self._order == "none":
            return ""
        if self._order == "exact":
            return "" if expected == self._rows else "The rows are right, their order is not."
        if absent := [name for name in self._order if name not in self.columns]:
            return f"The rows are right, but no column is called {', '.join(absent)}."
        keys = [self.columns.index(name) for name in self._order]
        same = [_key(row, keys) for row in expected] == [_key(row, keys) for row in self._rows]
        by = ", ".join(self._order)
        return "" if same else f"The rows are right, but not in order of {by}."

    def _record(self, expected: list[Row]) -> None:
        self._recorder.add(
            {
                "kind": "rows",
                "columns": list(self.columns[:COLUMNS]),
                "expected": [cells(row) for row in expected[:ROWS]],
                "actual": [cells(row) for row in self._rows[:ROWS]],
                "missing": [cells(row) for row in _left_over(expected, self._rows)[:ROWS]],
                "extra": [cells(row) for row in _left_over(self._rows, expected)[:ROWS]],
                "order": "key" if isinstance(self._order, tuple) else self._order,
                "keys": list(self._order) if isinstance(self._order, tuple) else [],
            }
        )


def _left_over(these: list[Row], those: list[Row]) -> list[Row]:
    return list((Counter(map(_frozen, these)) - Counter(map(_frozen, those))).elements())


def _frozen(row: Row) -> Row:
    """A row that can be counted: JSON and arrays come as lists and dicts."""
    return tuple(v if isinstance(v, (str, int, float)) or v is None else _hashable(v) for v in row)


def _hashable(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value


def _key(row: Row, columns: list[int]) -> Row:
    return tuple(row[column] for column in columns)


def _count(missing: list[Row], extra: list[Row]) -> str:
    parts = [
        f"{len(rows)} {'row is' if len(rows) == 1 else 'rows are'} {what}"
        for rows, what in ((missing, "missing"), (extra, "too many"))
        if rows
    ]
    return f"The result differs: {' and '.join(parts)}."
