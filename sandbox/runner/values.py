"""Values on their way between suite and learner: JSON, and builtins made of it again.

What JSON lacks crosses as an object of one key that begins with `$`. Whatever is no plain value
stays on the learner's side, and a reference crosses in its place.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

LARGE: Final = 2**64
"""Whole numbers from here on cross in hexadecimal: their decimals take long, and Python refuses to
make more than a few thousand (sys.set_int_max_str_digits)."""

LONGEST_NUMBER: Final = 400
"""Characters that a Decimal may have: to make one of more takes long."""

_PLAIN: Final = (str, int, float, bool, type(None))

_TEXTS: Final[dict[type, tuple[str, Callable[[Any], str]]]] = {
    int: ("$int", hex),
    bytes: ("$bytes", lambda value: base64.b64encode(value).decode()),
    Decimal: ("$decimal", str),
    datetime.datetime: ("$datetime", datetime.datetime.isoformat),
    datetime.date: ("$date", datetime.date.isoformat),
}
"""What crosses as a text behind its mark; of whole numbers those that are large."""

_MADE: Final[dict[str, Callable[[Any], Any]]] = {
    "$tuple": tuple,
    "$set": set,
    "$pairs": dict,
    "$bytes": base64.b64decode,
    "$int": lambda text: int(text, 16),
    "$decimal": lambda text: Decimal(text[:LONGEST_NUMBER]),
    "$datetime": datetime.datetime.fromisoformat,
    "$date": datetime.date.fromisoformat,
}


def encode(value: Any, keep: Callable[[Any], Any]) -> Any:
    """Return `value` as what `json.dumps` takes. `keep` returns the same for what is no value."""
    kind = type(value)
    if kind in _PLAIN and not (kind is int and abs(value) >= LARGE):
        return value
    if kind in _TEXTS:
        mark, show = _TEXTS[kind]
        return {mark: show(value)}
    if kind is list:
        return [encode(item, keep) for item in value]
    if kind is dict:
        return _encode_dict(value, keep)
    if kind in (tuple, set, frozenset):
        mark = "$tuple" if kind is tuple else "$set"
        return {mark: [encode(item, keep) for item in value]}
    return keep(value)


def decode(value: Any, refer: Callable[[dict[str, Any]], Any]) -> Any:
    """Return what `encode` was given, of builtins alone; `refer` makes something of a reference.

    Raises ValueError, TypeError or ArithmeticError where it makes no sense.
    """
    if isinstance(value, list):
        return [decode(item, refer) for item in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        return refer(value)
    for mark, make in _MADE.items():
        if mark in value:
            return make(decode(value[mark], refer))
    return {key: decode(item, refer) for key, item in value.items()}


def _encode_dict(value: dict[Any, Any], keep: Callable[[Any], Any]) -> dict[str, Any]:
    if all(type(key) is str and not key.startswith("$") for key in value):
        return {key: encode(item, keep) for key, item in value.items()}
    return {"$pairs": [[encode(key, keep), encode(item, keep)] for key, item in value.items()]}
