"""The words of a submission's life. Pure data."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from grader.verdict import Verdict

LEASE: Final = 10.0
"""Seconds that a worker holds a submission unless it renews: what a learner waits for at most when
a worker is cut off. One that is seen to be dead is not waited for."""

FAR: Final = 60.0
"""Seconds: no lease and no pause ends that far ahead, not even by a clock read a while ago."""


class Kind(StrEnum):
    """What a learner wants: to hand in, or to run the visible tests first.

    A run has a verdict on those tests alone. It is not scored, counts nowhere, and is forgotten
    when its learner makes another one.
    """

    SUBMIT = "submit"
    RUN = "run"


class SubmissionState(StrEnum):
    """Where a submission is. It goes forth and back between the first two until it is over."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether it stays so: there is a verdict, or the learner wanted none."""
        return self in (SubmissionState.DONE, SubmissionState.CANCELLED)


class Ending(StrEnum):
    """How one attempt at grading ended."""

    GRADED = "graded"
    JUDGE_ERROR = "judge_error"
    LOST = "lost"
    ENGINE_AWAY = "engine_away"
    STOPPED = "stopped"
    CANCELLED = "cancelled"

    @property
    def counts(self) -> bool:
        """Whether it uses up one of the submission's tries."""
        return self not in (Ending.ENGINE_AWAY, Ending.STOPPED)

    @classmethod
    def with_verdict(cls, verdict: Verdict) -> Ending:
        """How an attempt ended that brought `verdict`."""
        return cls.JUDGE_ERROR if verdict is Verdict.JUDGE_ERROR else cls.GRADED
