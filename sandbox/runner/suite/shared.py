"""`shared`: tests that import the learner's module, and so run in the learner's own process.

Their results can be forged there. Two tests of ours run among them, one that must fail and one that
must pass: what makes all tests pass, or ends the process early, is noticed.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sandbox.runner.suite.hands import NoAnswer
from sandbox.runner.suite.recorder import cut
from sandbox.runner.suite.running import Completed, Run

FOLDER: Final = "shared"
"""Below tests/. What is in it is not collected by the suite's own pytest."""

OPTIONS: Final = ("-q", "--capture=sys", "--tb=native", "--continue-on-collection-errors")
PYTEST: Final = ("python", "-m", "pytest", *OPTIONS, "--rootdir=.")

CANARIES: Final = """
def test_that_must_pass():
    assert {number} == {number}


def test_that_must_fail():
    assert {number} == {number} + 1
"""

PLUGIN: Final = """
import json
import sys

results = {}


def pytest_runtest_logreport(report):
    known = results.setdefault(report.nodeid, {"outcome": "passed", "message": ""})
    if not report.passed and known["outcome"] == "passed":
        crash = getattr(report.longrepr, "reprcrash", None)
        known["outcome"] = report.outcome
        known["message"] = crash.message if crash else str(report.longrepr)


def pytest_collectreport(report):
    if report.failed:
        results[report.nodeid] = {"outcome": "failed", "message": str(report.longrepr)[-600:]}


def pytest_unconfigure():
    print("\\nMARK" + json.dumps(results), file=sys.__stdout__)
"""


class NotForgeProof(AssertionError):
    """The run in the learner's process was not what it should have been."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one test ended: `passed`, `failed` or `skipped`."""

    outcome: str
    message: str


class Shared:
    """`shared.passes("word_count_test.py::WordCountTest::test_one_word")`.

    All files run once, for the first test that asks.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._results: Mapping[str, Result] | None = None
        self._failure: NotForgeProof | NoAnswer | None = None

    def with_run(self, run: Run) -> Asking:
        """Return what one test asks, whose run of commands is `run`."""
        return Asking(self, run)

    def result(self, test_id: str, run: Run) -> Result:
        """Return how the test ended, or its file, which may not have been read.

        Raises NotForgeProof, and NoAnswer.
        """
        if self._results is None:
            self._results = self._run(run)
        result = self._results.get(test_id) or self._results.get(test_id.partition("::")[0])
        return result or Result("failed", f"{test_id} was not run.")

    def _run(self, run: Run) -> Mapping[str, Result]:
        if self._failure is None:
            try:
                return _run_all(_texts(self._folder), run)
            except (NotForgeProof, NoAnswer) as error:
                self._failure = error
        raise self._failure


@dataclass(frozen=True, slots=True)
class Asking:
    """The fixture."""

    shared: Shared
    run: Run

    def passes(self, test_id: str) -> None:
        """Fail unless the test of this id, as pytest names it below tests/shared/, has passed."""
        result = self.shared.result(test_id, self.run)
        assert result.outcome == "passed", result.message


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.py"))}


def _run_all(files: dict[str, str], run: Run) -> Mapping[str, Result]:
    mark, number = secrets.token_hex(16), secrets.randbelow(10**9)
    canary, plugin = f"test_{secrets.token_hex(8)}.py", f"results_{secrets.token_hex(8)}"
    given = files | {canary: CANARIES.format(number=number)}
    given[f"{plugin}.py"] = PLUGIN.replace("MARK", mark)
    done = run(*PYTEST, f"-p{plugin}", *files, canary, files=given, warm=True)
    results = _read(done, mark)
    outcomes = [results.pop(f"{canary}::test_that_must_{end}", None) for end in ("pass", "fail")]
    if [outcome and outcome.outcome for outcome in outcomes] != ["passed", "failed"]:
        raise NotForgeProof("A test that must fail has passed, or one that must pass has failed.")
    return results


def _read(done: Completed, mark: str) -> dict[str, Result]:
    for line in reversed(done.stdout.splitlines()):
        if line.startswith(mark):
            return _results(line.removeprefix(mark))
    raise NotForgeProof(f"The tests did not run to their end. {cut(done.stdout[-1500:])}")


def _results(text: str) -> dict[str, Result]:
    try:
        told: dict[str, dict[str, Any]] = json.loads(text)
        return {
            str(test_id): Result(str(result["outcome"]), cut(str(result["message"])))
            for test_id, result in told.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NotForgeProof("What the tests told makes no sense.") from None
