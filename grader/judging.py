"""From what a sandbox said to a report. Pure: takes frames, returns data.

The exercise's own list of tests decides, not what the suite says it has: a test that is missing,
unknown or told twice is never a pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from grader.exercise import Exercise
from grader.text import clean, clean_all
from grader.verdict import Outcome, Report, Test, TestResult, Verdict

OTHER_TESTS: Final = "the suite collected other tests than were checked"
"""How the message begins when that is so."""

_REASONS: Final = {
    "timeout": (
        Verdict.TIMEOUT,
        "The tests were stopped after {seconds:g} s, the exercise's limit.",
    ),
    "out_of_memory": (
        Verdict.OUT_OF_MEMORY,
        "Your program took more memory than it may have, and was stopped.",
    ),
    "output_limit": (
        Verdict.OUTPUT_LIMIT,
        "Your program printed more than 1 MiB, and was stopped.",
    ),
}


class JudgeError(Exception):
    """There can be no verdict: something of ours broke. The message is for the operator."""


class Transcript:
    """The frames of one run, checked as they come in.

    With `stops_at_first` the run was to end with the first test that does not pass: the tests after
    it are then not missing, and the verdict is `failed`.
    """

    def __init__(self, exercise: Exercise, stops_at_first: bool = False) -> None:
        self._exercise = exercise
        self._stops_at_first = stops_at_first
        self._known: dict[str, Test] = {test.id: test for test in exercise.tests}
        self._results: dict[str, TestResult] = {}
        self._timed_out: set[str] = set()
        self._subject_seconds = 0.0
        self._crash: str | None = None
        self._end: tuple[str, str] | None = None

    @property
    def limit(self) -> float:
        """Seconds that the run may take."""
        return self._exercise.metadata.limits.seconds

    @property
    def complete(self) -> bool:
        """Whether the `end` frame is in."""
        return self._end is not None

    def add(self, frame: Mapping[str, Any]) -> TestResult | None:
        """Take one frame in; return the test's result if it was one. Raises JudgeError."""
        try:
            return self._take(frame)
        except (KeyError, TypeError, ValueError) as error:
            what = f"{type(error).__name__}: {error}"
            raise JudgeError(f"the sandbox sent a frame that makes no sense ({what})") from error

    def _take(self, frame: Mapping[str, Any]) -> TestResult | None:
        kind = frame["type"]
        if kind == "test":
            return self._add_test(frame)
        if kind == "collected":
            self._check_collected([test["id"] for test in frame["tests"]])
        elif kind == "crashed":
            self._crash = clean(str(frame["message"]))
        elif kind == "broken":
            raise JudgeError(f"the suite broke: {frame['message']}")
        elif kind == "end":
            self._end = str(frame["reason"]), str(frame.get("message", ""))
        else:
            raise JudgeError(f"the sandbox sent a frame of unknown type {kind!r}")
        return None

    def report(self, phases: Mapping[str, float]) -> Report:
        """Return the judgement. Raises JudgeError when there is none."""
        if self._end is None:
            raise JudgeError("the run has no end")
        verdict, message = self._verdict(*self._end)
        return Report(
            exercise=self._exercise.id,
            content_hash=self._exercise.content_hash,
            verdict=verdict,
            tests=self._all_tests(),
            message=message,
            phases={**phases, "subject": round(self._subject_seconds, 4)},
        )

    def _add_test(self, frame: Mapping[str, Any]) -> TestResult:
        test = self._known.get(frame["id"])
        if test is None:
            raise JudgeError(f"the suite reported {frame['id']!r}, which is none of its tests")
        if test.id in self._results:
            raise JudgeError(f"the suite reported {test.id!r} twice")
        result = _result(test, frame)
        self._results[test.id] = result
        self._subject_seconds += float(frame["subject_seconds"])
        if frame["timed_out"]:
            self._timed_out.add(test.id)
        return result

    def _check_collected(self, ids: list[str]) -> None:
        if sorted(ids) != sorted(self._known):
            new, gone = set(ids) - self._known.keys(), self._known.keys() - set(ids)
            raise JudgeError(
                f"{OTHER_TESTS}: {len(ids)}, not {len(self._known)}; "
                f"new are {_some(new)}, gone are {_some(gone)}; "
                f"run `backyard check {self._exercise.id}`"
            )

    def _verdict(self, reason: str, said: str) -> tuple[Verdict, str]:
        if reason in _REASONS:
            verdict, words = _REASONS[reason]
            return verdict, words.format(seconds=self.limit)
        if reason != "finished":
            raise JudgeError(f"the run ended as {reason!r}: {said}")
        if self._crash is not None:
            return Verdict.CRASHED, self._crash
        missing = self._known.keys() - self._results.keys()
        if missing and not self._stopped_early():
            raise JudgeError(f"the suite never reported {', '.join(sorted(missing))}")
        return self._ordinary_verdict(), ""

    def _stopped_early(self) -> bool:
        return self._stops_at_first and bool(self._bad())

    def _bad(self) -> set[str]:
        return {r.id for r in self._results.values() if r.outcome is not Outcome.PASSED}

    def _ordinary_verdict(self) -> Verdict:
        bad = self._bad()
        if not bad:
            return Verdict.PASSED if self._known else Verdict.FAILED
        return Verdict.TIMEOUT if bad <= self._timed_out else Verdict.FAILED

    def _all_tests(self) -> tuple[TestResult, ...]:
        return tuple(self._results.get(test.id) or not_run(test) for test in self._exercise.tests)


def not_run(test: Test) -> TestResult:
    """Return the result of a test that never ran."""
    return TestResult(test.id, test.title, test.points, test.visible, Outcome.NOT_RUN)


def _some(ids: set[str]) -> str:
    return ", ".join(sorted(ids)[:3]) or "none"


def _result(test: Test, frame: Mapping[str, Any]) -> TestResult:
    return TestResult(
        id=test.id,
        title=test.title,
        points=test.points,
        visible=test.visible,
        outcome=Outcome(frame["outcome"]),
        seconds=float(frame["seconds"]),
        message=clean(frame["message"]),
        exchanges=tuple(clean_all(exchange) for exchange in frame["exchanges"]),
        output=clean(frame["output"]),
    )
