"""Runs a program as a learner's submission, and returns what it tells of the sandbox."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from grader.exercise import Exercise, Metadata
from grader.grading import Grader
from grader.verdict import Report, Test, Verdict

FILE: Final = "app.py"
SECONDS: Final = 60
"""For each request too: to look at every file takes gVisor's file system a while."""

TEST: Final = '''
def test_{name}(client):
    """The program tells what it tried."""
    client.get("/{name}", timeout={seconds})
'''


class TrialFailed(Exception):
    """The program did not come to tell anything; the message says what became of it."""


def trial(names: Sequence[str], environment: str = "python") -> Exercise:
    """Return an exercise, in memory alone, whose tests ask the program for one of `names` each."""
    metadata = Metadata.model_validate(
        {
            "title": "A trial",
            "summary": "Tries the walls of the sandbox from inside.",
            "difficulty": "intro",
            "skills": ["trying"],
            "environment": environment,
            "files": [FILE],
            "subject": {"kind": "http", "app": "app:app"},
            "limits": {"seconds": SECONDS, "test_seconds": SECONDS},
        }
    )
    return Exercise(
        track="doctor",
        slug="trial",
        metadata=metadata,
        statement="",
        starter={},
        suite={"test_trial.py": "".join(TEST.format(name=name, seconds=SECONDS) for name in names)},
        tests=tuple(Test(f"test_trial.py::test_{name}", name) for name in names),
        hints=(),
        accepted={},
        wrong={},
        content_hash="0" * 64,
    )


def run_trial(grader: Grader, exercise: Exercise, program: str) -> Report:
    """Grade `program` in the ordinary way. Raises sandbox.errors.EngineUnavailable."""
    return grader.grade(exercise, {FILE: program})


def told(report: Report) -> dict[str, Mapping[str, Any]]:
    """Return the answers of a run by what was asked for. Raises TrialFailed when there are none."""
    exchanges = [e for test in report.tests for e in test.exchanges if e["kind"] == "http"]
    answers = {}
    for exchange in exchanges:
        if (response := exchange["response"]) is not None and response["status"] == 200:
            answers[exchange["request"]["url"].strip("/")] = _read(response["body"])
    if report.verdict is not Verdict.PASSED and not answers:
        said = " ".join([report.message, *(test.message for test in report.tests)])
        raise TrialFailed(f"judged {report.verdict}: {said.strip()[-400:]}")
    return {name: answer for name, answer in answers.items() if answer is not None}


def _read(body: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(body)
    except ValueError:  # too long to be shown whole, or a program that failed
        return None
    return found if isinstance(found, dict) else None
