"""The words of a judgement: verdicts, outcomes, and the report that a learner reads.

Pure data: nothing in this module does I/O.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What one submission is worth, as a whole."""

    PASSED = "passed"
    FAILED = "failed"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_LIMIT = "output_limit"
    CRASHED = "crashed"
    INVALID = "invalid"
    JUDGE_ERROR = "judge_error"


class Outcome(StrEnum):
    """How one test ended."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True)
class Test:
    """One test as the exercise declares it, known before anything runs.

    `id` is pytest's node id relative to the suite, such as `test_books.py::test_create`.
    `title` is the first line of its docstring. `source` is set for visible tests only.
    """

    id: str
    title: str
    points: int = 1
    visible: bool = False
    source: str | None = None

    __test__ = False  # pytest would otherwise take the class for a test case


@dataclass(frozen=True, slots=True)
class TestResult:
    """How one test went.

    `seconds` is the wall time of set-up, call and teardown. `message` says what went wrong, cut
    by the runner. `exchanges` is what went over HTTP or SQL, oldest first; each is a mapping whose
    `kind` is `http`, `sql` or `rows` (docs/architecture.md lists the keys). `output` is the end
    of what the learner's program printed meanwhile.
    """

    id: str
    title: str
    points: int
    visible: bool
    outcome: Outcome
    seconds: float = 0.0
    message: str = ""
    exchanges: tuple[Mapping[str, Any], ...] = ()
    output: str = ""

    __test__ = False

    @property
    def earned(self) -> int:
        """Points that this result is worth: all of the test's or none."""
        return self.points if self.outcome is Outcome.PASSED else 0


@dataclass(frozen=True, slots=True)
class Report:
    """One submission, judged.

    `points` of `max_points` were earned; `score` is their ratio in whole per cent, rounded down,
    so that 100 means all. `message` says why there is no ordinary result (a traceback, a limit).
    `phases` maps `sandbox` (the wait for one), `tests` (all that came then) and `subject` (the part
    of that in which the learner's program started) to seconds.
    """

    exercise: str
    content_hash: str
    verdict: Verdict
    tests: tuple[TestResult, ...]
    message: str = ""
    phases: Mapping[str, float] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """Points earned; none when the judge failed."""
        if self.verdict is Verdict.JUDGE_ERROR:
            return 0
        return sum(test.earned for test in self.tests)

    @property
    def max_points(self) -> int:
        """Points that the exercise has in all."""
        return sum(test.points for test in self.tests)

    @property
    def score(self) -> int:
        """Whole per cent, 0 to 100."""
        return 100 * self.points // self.max_points if self.max_points else 0

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready builtins."""
        return asdict(self) | {
            "points": self.points,
            "max_points": self.max_points,
            "score": self.score,
        }
