"""Small exercises whose submissions look at the sandbox from inside and tell what they found."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping, Sequence
from textwrap import dedent, indent
from typing import Any, Final

from grader.exercise import Exercise, Metadata
from grader.grading import Grader
from grader.verdict import Report, Test, Verdict
from sandbox.interface import Sandboxes

LOOKS: Final = '''
def test_look(client):
    """The application answers."""
    assert client.get("/").status_code == 200
'''

MOST_SHOWN: Final = 2000
"""Characters that a recorded body may have (sandbox.runner.suite.recorder.TEXT)."""

APP: Final = """
import ctypes, errno, json, os, resource, signal, socket, stat, subprocess, sys, time
from pathlib import Path
from flask import Flask, request

def attempt(what, *arguments, **named):
    "What a call returned, or the name of the error that it raised."
    try:
        return what(*arguments, **named)
    except OSError as error:
        return errno.errorcode.get(error.errno, repr(error))
    except Exception as error:
        return type(error).__name__

def app_of(look):
    app = Flask(__name__)
    app.get("/")(look)
    app.get("/<path:path>")(look)
    return app

def create_app():
    return app_of(look)

"""


TELL: Final = """
def look(path=''):
    return json.dumps(find(path))
"""


def probe(
    suite: str = LOOKS,
    *,
    environment: str = "python",
    subject: Mapping[str, Any] | None = None,
    files: Sequence[str] = (),
    may_add: Sequence[str] = (),
    seconds: float = 8,
    test_seconds: float = 4,
) -> Exercise:
    """An exercise of one file, with the tests that `suite` defines."""
    subject = subject or {"kind": "http", "app": "app:create_app"}
    metadata = Metadata.model_validate(
        {
            "title": "A probe",
            "summary": "Looks at the sandbox from inside.",
            "difficulty": "intro",
            "skills": ["looking"],
            "environment": environment,
            "files": files or [subject.get("file", "app.py")],
            "may_add": may_add,
            "subject": subject,
            "limits": {"seconds": seconds, "test_seconds": test_seconds},
        }
    )
    return Exercise(
        track="probes",
        slug="probe",
        metadata=metadata,
        statement="# A probe",
        starter={},
        suite={"test_probe.py": suite},
        tests=tuple(_tests(suite)),
        hints=(),
        accepted={},
        wrong={},
        content_hash="0" * 64,
    )


def _tests(suite: str) -> list[Test]:
    functions = [node for node in ast.parse(suite).body if isinstance(node, ast.FunctionDef)]
    names = [node.name for node in functions if node.name.startswith("test_")]
    return [Test(f"test_probe.py::{name}", name) for name in names]


def looking(body: str) -> str:
    """An application that answers each request with what `body`, a function's, returns."""
    return f"{APP}def look(path=''):\n{indent(dedent(body).strip(), '    ')}\n"


def telling(body: str) -> str:
    """The same, but `body` returns JSON builtins. It may ask for `path`, without the first /."""
    return looking(body).replace("def look", "def find") + TELL


def grade(sandboxes: Sandboxes, app: str, exercise: Exercise | None = None, *others: str) -> Report:
    """Grade one file, or as many as the exercise has."""
    exercise = exercise or probe()
    files = zip(exercise.metadata.files, [app, *others], strict=True)
    return Grader(sandboxes).grade(exercise, dict(files))


def inside(sandboxes: Sandboxes, body: str, environment: str = "python") -> Any:
    """Run `body` as the learner, in a request; return what it returns (small JSON)."""
    answers = answered(grade(sandboxes, telling(body), probe(environment=environment)))
    return answers[0]


def answered(report: Report) -> list[Any]:
    """The JSON bodies that a passed run's application answered with, in the tests' order."""
    told = "\n".join(f"{test.message}\n{test.output}" for test in report.tests)
    assert report.verdict is Verdict.PASSED, f"{report.verdict}. {report.message}\n{told}"
    exchanges = [e for test in report.tests for e in test.exchanges if e["kind"] == "http"]
    bodies = [exchange["response"]["body"] for exchange in exchanges]
    assert all(len(body) < MOST_SHOWN for body in bodies), "too much to be shown whole"
    return [json.loads(body) for body in bodies]


def told(report: Report) -> str:
    """Return what became of each test, for whoever reads why a check of ours failed."""
    lines = [f"{test.id}: {test.message} {test.output}" for test in report.tests]
    return "\n".join([f"{report.verdict} {report.message}", *lines])
