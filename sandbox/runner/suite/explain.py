"""Short explanations of failed comparisons, in time that does not depend on what is compared."""

from __future__ import annotations

import reprlib
from typing import Final

from sandbox.runner.suite.rows import Rows

DEEPEST: Final = 4
"""Levels of nested values that a short text shows."""

WIDEST: Final = 12
"""Values of a list, a set or a mapping that a short text shows."""

_short: Final = reprlib.Repr()
_short.maxstring = _short.maxother = 300
_short.maxlist = _short.maxtuple = _short.maxdict = _short.maxset = WIDEST
_short.maxlevel = DEEPEST


def brief(value: object, levels: int) -> str:
    """Return a short text of `value` that shows this many levels of it."""
    return _short.repr1(value, levels)


def explain(op: str, left: object, right: object) -> list[str]:
    """Return the lines that follow `assert` for a failed `left op right`."""
    if isinstance(left, Rows) and op == "==":
        return ["rows == expected", left.difference]
    lines = [f"{_short.repr(left)} {op} {_short.repr(right)}"]
    if op == "==" and isinstance(left, dict) and isinstance(right, dict):
        lines += _differing_keys(left, right)
    return lines


def _differing_keys(left: dict[object, object], right: dict[object, object]) -> list[str]:
    keys = [*left, *(key for key in right if key not in left)]
    return [
        f"{key!r}: {_side(left, key)} != {_side(right, key)}"
        for key in keys[:50]
        if key not in left or key not in right or left[key] != right[key]
    ]


def _side(mapping: dict[object, object], key: object) -> str:
    return _short.repr(mapping[key]) if key in mapping else "(missing)"
