"""The frames of a job. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from grader.exercise import Exercise


@dataclass(frozen=True, slots=True)
class Way:
    """How to run a suite: its tests shuffled by `seed`, or as they stand; whether the first test
    that does not pass ends the run; and whether those alone are run whose source learners see."""

    seed: int | None = None
    stop_at_first: bool = False
    visible_only: bool = False

    def part(self, exercise: Exercise) -> Exercise:
        """The exercise with the tests that this way runs."""
        if not self.visible_only:
            return exercise
        return replace(exercise, tests=tuple(test for test in exercise.tests if test.visible))


ORDINARY: Final = Way()
"""As a submission's tests are run."""

VISIBLE: Final = Way(visible_only=True)
"""As learners run the tests that they see, before they submit."""


def job_frames(
    exercise: Exercise, files: Mapping[str, str], bytecode: Mapping[str, str], way: Way = ORDINARY
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two frames of a job: PID 1's, which holds no test, and the suite's.

    `bytecode` is that of the tests, Base64 by name; what it lacks is compiled by the suite. Tests
    that the way leaves out are collected with the others, and deselected by the suite.
    """
    metadata = exercise.metadata
    subject = metadata.subject.model_dump(mode="json")
    job = {
        "type": "job",
        "seconds": metadata.limits.seconds,
        "subject": subject | {"files": dict(files)},
        "again": False,
    }
    suite = {
        "type": "suite",
        "test_seconds": metadata.limits.test_seconds,
        "subject": subject,
        "files": dict(files),
        "tests": dict(exercise.suite),
        "bytecode": dict(bytecode),
        "compile": False,
        "seed": way.seed,
        "stop_at_first": way.stop_at_first,
        "visible_only": way.visible_only,
    }
    return job, suite


def bytecode_frames(exercise: Exercise) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two frames of a job that runs no test, and answers with the tests' bytecode."""
    job, suite = job_frames(exercise, {}, {})
    return job, suite | {"compile": True}
