"""Tells the host of each test: what there is, how it ended, what was exchanged."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Generator
from typing import Any, Final

import pytest

from sandbox.runner.suite.comparison import comparison
from sandbox.runner.suite.context import PROGRAMS, Context
from sandbox.runner.suite.explain import explain
from sandbox.runner.suite.recorder import cut
from sandbox.runner.suite.subject import END_SECONDS, READY_SECONDS, SubjectCrashed

MARKS: Final = (
    "points(n): what the test is worth; 1 without it",
    "visible: learners see the test's source",
    "timeout(seconds): how long the test may take",
)

MESSAGE: Final = 3000
"""Characters kept of a failed test's message."""

KEPT_OF_PASSED: Final = 3
"""Exchanges reported of a test that passed: its last ones, for those who want to see how."""

_OUR_ERROR: Final = re.compile(r"^(AssertionError|httpx\.\w+|sandbox\.runner\.[\w.]+): ")
"""Names that tell the learner nothing. Others, such as KeyError, stay."""

_MODULE: Final = re.compile(r"^psycopg\.errors\.")
"""A prefix whose rest, such as `UniqueViolation`, does tell them something."""

Reporter = Callable[[dict[str, Any]], None]


class TestTimeout(pytest.fail.Exception):  # type: ignore[name-defined,misc]  # a ClassVar there
    """A test took too long. It is no Exception, so nothing on its way swallows it by accident,
    and pytest knows how to go on after one, also while fixtures are made."""

    __test__ = False
    timed_out = True


class Reporting:
    """A pytest plugin that sends one `test` frame for each test."""

    def __init__(self, report: Reporter, context: Context) -> None:
        self._report = report
        self._context = context
        self._ended: list[pytest.TestReport] = []
        self._timed_out = False
        self._compared: tuple[str, dict[str, Any]] | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Declare our marks: an unknown one is an error."""
        for mark in MARKS:
            config.addinivalue_line("markers", mark)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Say which tests there are, unless some could not be read."""
        if session.testsfailed:
            return
        self._report({"type": "collected", "tests": [_declared(item) for item in session.items]})

    def pytest_runtest_protocol(self, nextitem: pytest.Item | None) -> None:
        """Note whether a server will be wanted after this test's."""
        wanted = PROGRAMS.intersection(getattr(nextitem, "fixturenames", ()))
        self._context.process.wanted_next = bool(wanted) and self._context.starts_early

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None]:
        """Hold the time limit while fixtures are made; the subject comes and goes on top."""
        own = READY_SECONDS + END_SECONDS
        return (yield from self._timed(own + self._context.time_limit(item)))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None]:
        """Hold the time limit while the test runs."""
        return (yield from self._timed(self._context.time_limit(item)))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note what kind of failure it was, and stop the run when nothing ever came up."""
        report = yield
        error = call.excinfo.value if call.excinfo else None
        self._timed_out |= getattr(error, "timed_out", False) is True
        if isinstance(error, SubjectCrashed):
            report.longrepr = str(error)
            if not self._context.process.ever_ready:
                self._report({"type": "crashed", "message": cut(str(error), MESSAGE)})
                item.session.shouldfail = "the subject does not start"
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect a test's three phases, and send it after the last one."""
        self._ended.append(report)
        if report.when == "teardown":
            self._send(self._ended)
            self._ended, self._timed_out, self._compared = [], False, None

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> list[str]:
        """Explain a failed comparison ourselves: pytest's diff of long texts takes minutes."""
        lines = explain(op, left, right)
        told = comparison(op, left, right)
        self._compared = (lines[0], told) if told else None
        return lines

    def _send(self, phases: list[pytest.TestReport]) -> None:
        worst = next((r for r in phases if not r.passed), phases[-1])
        exchanges = self._context.recorder.take()
        message = _message(worst)
        # Tests may catch a comparison's failure: the message says whether it is this one.
        if self._compared and f"assert {self._compared[0]}" in message:
            exchanges.append(self._compared[1])
        self._report(
            {
                "type": "test",
                "id": worst.nodeid,
                "outcome": _outcome(worst),
                "seconds": round(sum(r.duration for r in phases), 4),
                "message": cut(message, MESSAGE),
                "timed_out": self._timed_out,
                "subject_seconds": round(self._context.process.take_wait(), 4),
                "exchanges": exchanges[-KEPT_OF_PASSED:] if worst.passed else exchanges,
                "output": self._context.process.take_output(),
            }
        )

    def _timed(self, seconds: float) -> Generator[None]:
        def too_long(*_: object) -> None:
            raise TestTimeout(f"This took longer than {seconds:g} s and was stopped.")

        signal.signal(signal.SIGALRM, too_long)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _declared(item: pytest.Item) -> dict[str, Any]:
    function = getattr(item, "function", None)
    title = (getattr(function, "__doc__", None) or "").strip().partition("\n")[0]
    points = item.get_closest_marker("points")
    if points is not None and [type(value) for value in points.args] != [int]:
        raise pytest.UsageError(f"{item.nodeid}: `points` takes one whole number.")
    return {
        "id": item.nodeid,
        "title": title,
        "points": points.args[0] if points else 1,
        "visible": item.get_closest_marker("visible") is not None,
    }


def _outcome(report: pytest.TestReport) -> str:
    if report.failed and report.when != "call":
        return "error"
    return report.outcome


def _message(report: pytest.TestReport) -> str:
    """The line that says what went wrong: the learner never sees the test's own code."""
    if report.passed or report.longrepr is None:
        return ""
    if isinstance(report.longrepr, tuple):  # skipped: file, line, reason
        return str(report.longrepr[2])
    crash = getattr(report.longrepr, "reprcrash", None)
    message = crash.message if crash is not None else str(report.longrepr)
    return _MODULE.sub("", _OUR_ERROR.sub("", str(message)))
