"""What a person reads while a submission waits, runs, and is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from backyard.submissions.lifecycle import SubmissionState
from grader.verdict import Outcome, Verdict

AWAY: Final = (
    "The grader is not running right now. Your submission is stored and will be graded when it "
    "is back."
)

OUR_FAULT: Final = (
    "We could not grade this submission. That is our mistake, not yours: nothing was scored or "
    "counted, and the people who run this site can see what went wrong. You can submit the same "
    "files again."
)

CANCELLED: Final = (
    "■",
    "Cancelled",
    "This was cancelled before there was a verdict, so it does not count.",
)
"""A shape, a word and a sentence for what was cancelled."""

PHASES: Final[Mapping[str, str]] = {
    "": "Preparing a sandbox.",
    "sandbox": "Preparing a sandbox.",
    "starting": "Starting the environment. This takes a moment longer when it was not used lately.",
    "tests": "Running the tests.",
}
"""By the grader's phase."""

VERDICTS: Final[Mapping[Verdict, tuple[str, str, str]]] = {
    Verdict.PASSED: ("✓", "Passed", "Every test passed."),
    Verdict.FAILED: ("✗", "Failed", "Some tests did not pass yet."),
    Verdict.TIMEOUT: ("✗", "Timed out", "Your code took longer than this exercise allows."),
    Verdict.OUT_OF_MEMORY: ("✗", "Out of memory", "Your code used more memory than it may."),
    Verdict.OUTPUT_LIMIT: ("✗", "Too much output", "Your code printed more than it may."),
    Verdict.CRASHED: ("✗", "Crashed", "Your code stopped before it could be tested."),
    Verdict.INVALID: ("✗", "Not accepted", "These files can't be graded."),
    Verdict.JUDGE_ERROR: ("!", "Not graded", OUR_FAULT),
}
"""A shape, a word and a sentence for each verdict."""

RUNS: Final[Mapping[Verdict, tuple[str, str, str]]] = {
    **VERDICTS,
    Verdict.PASSED: (
        "✓",
        "Visible tests passed",
        "This was a run, which is not scored. Submit to have the hidden tests run too.",
    ),
    Verdict.FAILED: ("✗", "Failed", "Some visible tests did not pass yet. A run is not scored."),
    Verdict.JUDGE_ERROR: (
        "!",
        "Not run",
        "We could not run these tests. That is our mistake, not yours. You can run the same files "
        "again.",
    ),
}
"""The same for a run of the visible tests."""

OUTCOMES: Final[Mapping[Outcome, tuple[str, str]]] = {
    Outcome.PASSED: ("✓", "Passed"),
    Outcome.FAILED: ("✗", "Failed"),
    Outcome.ERROR: ("✗", "Error"),
    Outcome.SKIPPED: ("○", "Skipped"),
    Outcome.NOT_RUN: ("○", "Not run"),
}
"""A shape and a word for each test's outcome."""

SIDES: Final[Mapping[str, tuple[str, str]]] = {
    "==": ("Expected", "Yours"),
    "is": ("Expected", "Yours"),
    "!=": ("Must not be", "Yours"),
    "is not": ("Must not be", "Yours"),
    "in": ("It was looked for in", "What is missing"),
    "not in": ("It was found in", "What must not be there"),
    "<": ("Must be less than", "Yours"),
    "<=": ("Must be at most", "Yours"),
    ">": ("Must be more than", "Yours"),
    ">=": ("Must be at least", "Yours"),
}
"""By a comparison's operator: what is said of its right side, and of its left."""


def timing(phases: Mapping[str, float]) -> str:
    """Where the time between handing in and the verdict went; "" where that is not known."""
    if "tests" not in phases:
        return ""
    start = phases.get("subject", 0.0)
    # The suite's time runs on while the learner's program starts.
    parts = {
        "waited": phases.get("queued", 0.0),
        "sandbox": phases.get("sandbox", 0.0),
        "start": start,
        "tests": max(0.0, phases["tests"] - start),
        "stored": phases.get("store", 0.0),
    }
    return " · ".join(f"{word} {seconds:.2f}\N{NO-BREAK SPACE}s" for word, seconds in parts.items())


def label(
    state: SubmissionState, *, phase: str, place: int | None, retrying: bool, away: bool
) -> str:
    """One sentence on where a submission is. `place` counts from 1, for the next in line."""
    if state.is_over:
        return "Graded." if state is SubmissionState.DONE else "Cancelled."
    if away:
        return AWAY
    if state is SubmissionState.RUNNING:
        return PHASES.get(phase, PHASES[""])
    if retrying:
        return "Something went wrong on our side. We try again in a moment."
    return _waiting(ahead=(place or 1) - 1)


def _waiting(ahead: int) -> str:
    if ahead == 0:
        return "Waiting in the queue: yours is next."
    if ahead == 1:
        return "Waiting in the queue: 1 submission is ahead of yours."
    return f"Waiting in the queue: {ahead} submissions are ahead of yours."
