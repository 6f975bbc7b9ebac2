"""In which line of a TOML file something stands, which no parser at hand tells. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_HEADER: Final = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?")
_KEY: Final = re.compile(r"\s*([\w.\-\"']+)\s*=")
_AT: Final = re.compile(r"\(at line (\d+)")


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """Return the line of the key that `path` leads to, or of the innermost table around it.

    `path` is as pydantic's errors give it, with a number for an item of a list: of tables of one
    name, or of values in a line. None where not even the first name is to be found.
    """
    numbers = [part for part in path if isinstance(part, int)]
    names = [str(part) for part in (path[: path.index(numbers[0])] if numbers else path)]
    known = _lines(text)
    for depth in range(len(names), 0, -1):
        if found := known.get(tuple(names[:depth])):
            return found[min(sum(numbers[:1]), len(found) - 1)]
    return None


def line_in(message: str) -> int | None:
    """Return the line that a TOML parser's message names."""
    found = _AT.search(message)
    return int(found[1]) if found else None


def _lines(text: str) -> dict[tuple[str, ...], list[int]]:
    lines: dict[tuple[str, ...], list[int]] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _split(header[1])
            lines.setdefault(table, []).append(number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_split(key[1])), []).append(number)
    return lines


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
