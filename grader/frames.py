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


SAMPLE: Final = "sample.py"
"""The file of a suite whose fixture `sample` arranges data for learners to try queries on."""

TRYOUT_FILE: Final = "test_tryout_.py"
TRYOUT: Final = """
import pytest
{imports}

@pytest.mark.timeout({seconds})
def test_tryout({fixtures}):
    pass
"""
"""What asks for the fixture of `sandbox.runner.suite.tryout`, which does the rest."""


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
        "tryout": False,
    }
    return job, suite


def tryout_frames(
    exercise: Exercise, files: Mapping[str, str], seconds: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two frames of a job that judges nothing, but answers a learner for `seconds`."""
    job, suite = job_frames(exercise, files, {})
    ours = {TRYOUT_FILE: _tryout(seconds, has_sample=SAMPLE in exercise.suite)}
    tests = {"tests": {**exercise.suite, **ours}, "tryout": True}
    return job | {"seconds": seconds}, suite | tests


def _tryout(seconds: float, *, has_sample: bool) -> str:
    imports, fixtures = ("from sample import sample", "sample, ") if has_sample else ("", "")
    return TRYOUT.format(imports=imports, fixtures=f"{fixtures}tryout", seconds=seconds)


def bytecode_frames(exercise: Exercise) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two frames of a job that runs no test, and answers with the tests' bytecode."""
    job, suite = job_frames(exercise, {}, {})
    return job, suite | {"compile": True}
