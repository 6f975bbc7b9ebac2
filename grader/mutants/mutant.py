"""One change of a solution. Pure."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """`text` in place of `original` in `file`; they first differ in `line`, counted from 1."""

    file: str
    line: int
    original: str
    text: str

    @property
    def diff(self) -> str:
        """The change as a unified diff without its header."""
        return "\n".join(self._lines())

    @property
    def change(self) -> str:
        """What names the change: the first line that it adds, or else the first that it takes
        away, without its sign and the space around it."""
        lines = list(self._lines())
        added = [line[1:].strip() for line in lines if line.startswith("+")]
        gone = [line[1:].strip() for line in lines if line.startswith("-")]
        return next((line for line in [*added, *gone] if re.search(r"\w", line)), "")

    def _lines(self) -> list[str]:
        before, after = self.original.splitlines(), self.text.splitlines()
        return list(difflib.unified_diff(before, after, lineterm="", n=1))[2:]


def mutant(file: str, original: str, text: str) -> Mutant:
    """Return the mutant that makes `text` of `original`."""
    pairs = zip(original.splitlines(), text.splitlines(), strict=False)
    same = next((n for n, (a, b) in enumerate(pairs) if a != b), len(original.splitlines()))
    return Mutant(file, same + 1, original, text)
