"""What a worker asks of the queue.

The submission's own row is the truth; a queue only decides who may write to it. Whoever claims a
submission gets a token and a lease. Every later write names the token, so a worker that was too
slow, or thought dead, writes nothing more: it gets `LeaseLost` and stops quietly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from backyard.submissions.lifecycle import Ending, Kind
from grader.verdict import Report, TestResult


class QueueAway(Exception):
    """The queue can't be written to or read now: its disk is full, or somebody locks it out.

    Nothing was changed. Trying again may help.
    """


class LeaseLost(Exception):
    """The submission is somebody else's now, or done, or cancelled. Stop: nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One submission, held by one worker for as long as it renews.

    `number` counts the attempts at this submission from 1. `tries` counts those that used up a
    try, this one included. `files` maps names to texts. `content_hash` is the exercise's when
    they were handed in. `kind` says which tests are wanted.
    """

    submission_id: str
    token: str
    number: int
    tries: int
    exercise_id: str
    content_hash: str
    files: Mapping[str, str]
    kind: Kind = Kind.SUBMIT


@dataclass(frozen=True, slots=True)
class Setback:
    """An attempt that brought no verdict: how it ended, why (for operators), seconds to wait.

    The pause is not longer than `FAR`.
    """

    ending: Ending
    cause: str
    pause: float = 0.0


class Queue(Protocol):
    """Claims on submissions. All methods but `claim` raise LeaseLost where the token is stale,
    and all raise QueueAway.

    Fair: the user with the fewest running submissions comes first, then the one who was served
    longest ago, then the oldest submission. So one who submits twenty delays nobody.
    """

    def claim(self, worker: str) -> Claim | None:
        """Take the next submission for `worker` (a name for operators); None if nothing waits."""
        ...

    def renew(self, claim: Claim) -> None:
        """Hold on to `claim` for another `LEASE` of seconds."""
        ...

    def check(self, claim: Claim) -> None:
        """Write nothing, only raise LeaseLost where a write would."""
        ...

    def phase(self, claim: Claim, name: str) -> None:
        """Say how far the grading is, in `grader.grading.Watcher`'s words."""
        ...

    def tests(self, claim: Claim, results: Mapping[int, TestResult]) -> None:
        """Store results, in the order they came, by the tests' numbers (from 0), all at once."""
        ...

    def release(self, claim: Claim, setback: Setback) -> None:
        """Put the submission back: someone may claim it after the setback's pause."""
        ...

    def finish(self, claim: Claim, report: Report, cause: str = "") -> None:
        """Store the verdict and all that follows from it, at once.

        The time that takes is added to the report's phase `store`.

        `cause` is for operators: what went wrong where the verdict is `judge_error`.
        """
        ...
