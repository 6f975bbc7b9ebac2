"""The frames of a job. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.exercise import Exercise


def job_frames(
    exercise: Exercise, files: Mapping[str, str], bytecode: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two frames of a job: PID 1's, which holds no test, and the suite's.

    `bytecode` is that of the tests, Base64 by name; what it lacks is compiled by the suite.
    """
    metadata = exercise.metadata
    subject = metadata.subject.model_dump(mode="json")
    job = {
        "type": "job",
        "seconds": metadata.limits.seconds,
        "subject": {
            "app": metadata.subject.app,
            "isolation": metadata.subject.isolation,
            "files": dict(files),
        },
    }
    suite = {
        "type": "suite",
        "test_seconds": metadata.limits.test_seconds,
        "subject": subject,
        "files": dict(files),
        "tests": dict(exercise.suite),
        "bytecode": dict(bytecode),
        "compile": False,
    }
    return job, suite


def bytecode_frames(exercise: Exercise) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two frames of a job that runs no test, and answers with the tests' bytecode."""
    job, suite = job_frames(exercise, {}, {})
    return job | {"subject": job["subject"] | {"app": None}}, suite | {"compile": True}
