"""What changed between two submissions, file by file, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from backyard.submissions.lines import Edit, compare_lines

CONTEXT: Final = 3
"""Lines shown around a change."""

SHOWN: Final = 2_000
"""Rows shown of one file."""

WIDEST: Final = 1_000
"""Characters shown of one line."""


@dataclass(frozen=True, slots=True)
class Side:
    """A line of one text; `number` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side: a line that is the same in both, or one that was removed beside
    one that was added, either of which may be missing. A row with neither is a gap."""

    old: Side | None = None
    new: Side | None = None
    is_same: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether lines are left out here that are the same in both."""
        return self.old is None and self.new is None


@dataclass(frozen=True, slots=True)
class FileChange:
    """How a file changed. `is_exact` as in `lines.Edits`; `hidden` rows are not shown. `empty` is
    what became of a file without a line that is in one of both only: `added, empty`, or `removed,
    empty`; else ""."""

    name: str
    rows: Sequence[Row]
    removed: int
    added: int
    is_exact: bool = True
    hidden: int = 0
    empty: str = ""

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return not (self.removed or self.added or self.empty)


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[FileChange]:
    """Compare files by name; one that is only in one of them was removed or added as a whole."""
    names = [*new, *(name for name in old if name not in new)]
    return [_change(name, old.get(name), new.get(name)) for name in names]


def _change(name: str, old: str | None, new: str | None) -> FileChange:
    """As `change`; None where there is no such file."""
    if old is None and not new:
        return FileChange(name, (), 0, 0, empty="added, empty")
    if new is None and not old:
        return FileChange(name, (), 0, 0, empty="removed, empty")
    return change(name, old or "", new or "")


def change(name: str, old: str, new: str) -> FileChange:
    """Compare two texts of a file."""
    before, after = old.splitlines(), new.splitlines()
    if before == after:
        return FileChange(name, (), 0, 0)
    found = compare_lines(before, after)
    rows = list(_with_gaps(list(_rows(found.edits, before, after))))
    return FileChange(
        name,
        rows[:SHOWN],
        removed=sum(b is None for _, b in found.edits),
        added=sum(a is None for a, _ in found.edits),
        is_exact=found.is_exact,
        hidden=max(0, len(rows) - SHOWN),
    )


def _rows(edits: Sequence[Edit], old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    removed: list[Side] = []
    added: list[Side] = []
    for a, b in edits:
        if a is not None and b is not None:
            yield from _replacement(removed, added)
            removed, added = [], []
            yield Row(_side(a, old), _side(b, new), is_same=True)
        elif a is not None:
            removed.append(_side(a, old))
        elif b is not None:
            added.append(_side(b, new))
    yield from _replacement(removed, added)


def _replacement(removed: list[Side], added: list[Side]) -> Iterator[Row]:
    return (Row(old, new) for old, new in zip_longest(removed, added))


def _side(place: int, lines: Sequence[str]) -> Side:
    text = lines[place]
    if len(text) > WIDEST:
        text = f"{text[:WIDEST]}… ({len(text) - WIDEST:,} more characters)"
    return Side(place + 1, text)


def _with_gaps(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows near a change, and a gap for each run of others."""
    near = {
        place + step
        for place, row in enumerate(rows)
        if not row.is_same
        for step in range(-CONTEXT, CONTEXT + 1)
    }
    was_near = True
    for place, row in enumerate(rows):
        is_near = place in near
        if is_near:
            yield row
        elif was_near:
            yield Row()
        was_near = is_near
