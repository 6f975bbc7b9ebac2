"""What came of one exercise at the gate, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Checked:
    """`problems` are sentences with their places. `tests` is how many there are, and
    `mutation_score` per cent; both are None where nobody has looked.
    `survivors` are the changes, as diffs, that no test noticed."""

    id: str
    problems: tuple[str, ...]
    tests: int | None = None
    mutation_score: float | None = None
    survivors: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the exercise proves itself."""
        return not self.problems

    @property
    def told(self) -> str:
        """What was found, in short."""
        tests = [] if self.tests is None else [f"{self.tests} tests"]
        score = self.mutation_score
        return ", ".join([*tests, *([] if score is None else [f"mutants {score:g} %"])])

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready builtins; the last two are there only where somebody asked for them."""
        found = {"id": self.id, "ok": self.ok, "problems": list(self.problems)}
        if self.mutation_score is None:
            return found
        more = {"mutation_score": self.mutation_score, "survivors": list(self.survivors)}
        return found | more
