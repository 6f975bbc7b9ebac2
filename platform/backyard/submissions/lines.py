"""Two texts compared line by line, in time that nobody's texts can blow up. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

MOST_LINES: Final = 5_000
"""Lines of one text that are compared; of a longer one all is said to have changed."""

MOST_EDITS: Final = 400
"""Lines removed and added between what both texts begin and end with. Myers' way takes time with
the square of these, and texts that differ in more are no help side by side."""

Edit = tuple[int | None, int | None]
"""The place of a line in the old and in the new text, from 0; None where it has no such line."""


@dataclass(frozen=True, slots=True)
class Edits:
    """All lines of both texts in order. Where `is_exact` is False it was too much to be compared
    line by line, so that more lines are said to have changed than have."""

    edits: Sequence[Edit]
    is_exact: bool = True


def compare_lines(old: Sequence[str], new: Sequence[str]) -> Edits:
    """Compare two texts by their lines. Myers, An O(ND) Difference Algorithm, 1986."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    middle = _middle(left, right)
    whole = [
        *((place, place) for place in range(head)),
        *((_shift(a, head), _shift(b, head)) for a, b in (middle or _replaced(left, right))),
        *((len(old) - back, len(new) - back) for back in range(tail, 0, -1)),
    ]
    return Edits(whole, is_exact=middle is not None)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines both begin with."""
    shorter = min(len(old), len(new))
    return next((place for place in range(shorter) if old[place] != new[place]), shorter)


def _shift(place: int | None, by: int) -> int | None:
    return None if place is None else place + by


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    yield from ((place, None) for place in range(len(old)))
    yield from ((None, place) for place in range(len(new)))


def _middle(old: Sequence[str], new: Sequence[str]) -> list[Edit] | None:
    """The shortest way from one to the other; None where it is too long to be looked for."""
    if not old or not new:
        return list(_replaced(old, new))
    if max(len(old), len(new)) > MOST_LINES:
        return None
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(line, len(numbers)) for line in side] for side in (old, new))
    reached = _search(a, b)
    return _way_back(reached, len(a), len(b)) if reached is not None else None


def _search(a: list[int], b: list[int]) -> list[dict[int, int]] | None:
    """For each number of edits, how far into `a` each diagonal was before them."""
    furthest = {1: 0}
    reached: list[dict[int, int]] = []
    for edits in range(min(len(a) + len(b), MOST_EDITS) + 1):
        reached.append(dict(furthest))
        for diagonal in range(-edits, edits + 1, 2):
            x = _step(furthest, diagonal, edits)
            while x < len(a) and 0 <= x - diagonal < len(b) and a[x] == b[x - diagonal]:
                x += 1
            furthest[diagonal] = x
            if x >= len(a) and x - diagonal >= len(b):
                return reached
    return None


def _step(furthest: dict[int, int], diagonal: int, edits: int) -> int:
    if _is_down(furthest, diagonal, edits):
        return furthest[diagonal + 1]
    return furthest[diagonal - 1] + 1


def _is_down(furthest: dict[int, int], diagonal: int, edits: int) -> bool:
    """Whether the last edit added a line, and did not remove one."""
    if diagonal in (-edits, edits):
        return diagonal == -edits
    return furthest[diagonal - 1] < furthest[diagonal + 1]


def _way_back(reached: list[dict[int, int]], x: int, y: int) -> list[Edit]:
    way: list[Edit] = []
    for edits in range(len(reached) - 1, -1, -1):
        furthest, diagonal = reached[edits], x - y
        is_down = _is_down(furthest, diagonal, edits)
        before = diagonal + 1 if is_down else diagonal - 1
        from_x = furthest[before] if edits else 0
        from_y = from_x - before if edits else 0
        while x > from_x and y > from_y:
            x, y = x - 1, y - 1
            way.append((x, y))
        if edits:
            way.append((None, y - 1) if is_down else (x - 1, None))
            x, y = from_x, from_y
    return way[::-1]
