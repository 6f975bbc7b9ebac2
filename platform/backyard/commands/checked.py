"""What came of one exercise at the gate, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Checked:
    """`problems` are sentences with their places. `tests` is how many there are, and
    `mutation_score` per cent; both are None where nobody has looked."""

    id: str
    problems: tuple[str, ...]
    tests: int | None = None
    mutation_score: float | None = None

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
        """JSON-ready builtins; `mutation_score` is there only where somebody asked for it."""
        score = {} if self.mutation_score is None else {"mutation_score": self.mutation_score}
        return {"id": self.id, "ok": self.ok, "problems": list(self.problems), **score}
