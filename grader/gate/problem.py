"""What the gate tells an author. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is, what it is, and what to do about it.

    `file` is a path below the exercise's folder; `line` counts from 1, and is None where the
    problem is in no single line. `what` and `todo` are sentences.
    """

    file: str
    what: str
    todo: str = ""
    line: int | None = None

    def __str__(self) -> str:
        """`file:line: what todo`, as compilers write it, so that editors find the place."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.what} {self.todo}".rstrip()
