"""A failed comparison key by key, for people: what was expected, and what came.

It shows what `explain` would show of both sides and no more, since learners read it of hidden
tests too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import islice
from typing import Any, Final

from sandbox.runner.suite.explain import DEEPEST, WIDEST, brief
from sandbox.runner.suite.recorder import cut
from sandbox.runner.suite.rows import Rows

Difference = tuple[str, str | None, str | None]
"""A place such as `errors.title`, what was expected there, and what came; None: nothing."""

TOP_KEYS: Final = 50
"""Keys looked at of the outermost mapping: as many as the message names."""

DIFFERENCES: Final = 30
TEXT: Final = 3000
"""Differences, and characters of all of them together, that are kept."""


def comparison(op: str, left: object, right: object) -> dict[str, Any] | None:
    """Return the exchange that tells of a failed `left op right`; None where another one does.

    Tests write what came on the left, and what they expect on the right.
    """
    if isinstance(left, Rows) or isinstance(right, Rows):
        return None
    found = _kept(_differences("", left, right, 0)) if op == "==" else []
    return {
        "kind": "comparison",
        "op": op,
        "got": cut(brief(left, DEEPEST), TEXT // 2),
        "expected": cut(brief(right, DEEPEST), TEXT // 2),
        "differences": [list(one) for one in found],
    }


def _kept(found: Iterator[Difference]) -> list[Difference]:
    kept: list[Difference] = []
    left = TEXT
    for one in islice(found, DIFFERENCES):
        left -= sum(len(part or "") for part in one)
        if left < 0:
            break
        kept.append(one)
    return kept


def _differences(place: str, got: Any, expected: Any, depth: int) -> Iterator[Difference]:
    """Yield where both sides differ, and at the outermost only what lies inside of them."""
    if depth < DEEPEST - 1 and type(got) is type(expected):
        if isinstance(got, dict):
            yield from _of_mappings(place, got, expected, depth)
            return
        if isinstance(got, (list, tuple)):
            yield from _of_lists(place, got, expected, depth)
            return
        if isinstance(got, Set):
            yield from _of_sets(got, expected)
            return
    if depth and got != expected:
        yield place, _text(expected, depth), _text(got, depth)


def _of_mappings(
    place: str, got: dict[Any, Any], expected: dict[Any, Any], depth: int
) -> Iterator[Difference]:
    most = WIDEST if depth else TOP_KEYS
    told = _first(expected, most)
    came = [key for key in _first(got, most) if key in told or key not in expected]
    for key in [*came, *(key for key in told if key not in got)][:most]:
        inner = f"{place}.{key}" if place else str(key)
        inner = inner if len(inner) <= 200 else f"{inner[:200]}…"
        if key not in got:
            yield inner, _text(expected[key], depth + 1), None
        elif key not in expected:
            yield inner, None, _text(got[key], depth + 1)
        else:
            yield from _differences(inner, got[key], expected[key], depth + 1)


def _of_lists(
    place: str, got: Sequence[Any], expected: Sequence[Any], depth: int
) -> Iterator[Difference]:
    below = depth + 1 if depth else 2  # a mapping's values are told apart from it, not a list's
    for index in range(min(max(len(got), len(expected)), WIDEST)):
        inner = f"{place}[{index}]"
        if index >= len(got):
            yield inner, _text(expected[index], below), None
        elif index >= len(expected):
            yield inner, None, _text(got[index], below)
        else:
            yield from _differences(inner, got[index], expected[index], below)


def _of_sets(got: Set[Any], expected: Set[Any]) -> Iterator[Difference]:
    for value in _first(expected, WIDEST):
        if value not in got:
            yield "", _text(value, 1), None
    for value in _first(got, WIDEST):
        if value not in expected:
            yield "", None, _text(value, 1)


def _first(values: Any, most: int) -> list[Any]:
    """The values that a short text of them shows: reprlib sorts them where they can be."""
    try:
        return sorted(values)[:most]
    except TypeError:
        return list(values)[:most]


def _text(value: object, depth: int) -> str:
    return brief(value, DEEPEST - depth + 1)
