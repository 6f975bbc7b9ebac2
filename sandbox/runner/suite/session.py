"""One run of an exercise's suite under pytest."""

from __future__ import annotations

import io
import socket
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from sandbox.protocol import read_frame
from sandbox.runner import control
from sandbox.runner.services.address import environ_of
from sandbox.runner.suite.again import await_job
from sandbox.runner.suite.bytecode import Compiling, unpack
from sandbox.runner.suite.context import Context
from sandbox.runner.suite.fixtures import fixtures
from sandbox.runner.suite.options import OPTIONS
from sandbox.runner.suite.order import Shuffled, VisibleOnly
from sandbox.runner.suite.recorder import Recorder
from sandbox.runner.suite.reporting import Reporter, Reporting
from sandbox.runner.suite.shared import FOLDER
from sandbox.runner.suite.subject import SubjectProcess
from sandbox.runner.suite.tryout.plugin import Tryouts


class SuiteBroken(Exception):
    """The suite itself could not be run: the author's error, never the learner's."""


class Start:
    """A pytest plugin that has the session wait, once it is set up, for the tests to arrive."""

    def __init__(
        self, home: Path, channel: socket.socket, secrets: dict[str, str], report: Reporter
    ) -> None:
        self._home = home
        self._channel = channel
        self._secrets = secrets
        self._report = report

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """Wait for a job and its `suite` frame, and unpack its tests."""
        tests = self._home / "tests"
        await_job(self._channel, self._home, tests)
        frame = read_frame(0)
        if frame is None:
            raise EOFError("the host left before it sent the tests")
        unpack(frame["tests"], frame["bytecode"], tests)
        context = self._context(frame)
        plugins = session.config.pluginmanager
        plugins.register(Reporting(self._report, context))
        for plugin in fixtures(context):
            plugins.register(plugin)
        session.config.option.maxfail = 1 if frame["stop_at_first"] else 0
        if frame["tryout"]:
            plugins.register(Tryouts(context, self._report))
        if frame["visible_only"]:
            plugins.register(VisibleOnly())
        if frame["seed"] is not None:
            plugins.register(Shuffled(frame["seed"]))
        if frame["compile"]:
            plugins.register(Compiling(self._report, tests))
        elif context.starts_early:
            context.process.start_early()  # while the tests are collected

    def say_done(self) -> None:
        """Say that all was reported: nobody need wait until this process has gone."""
        control.send(self._channel, {"do": "end"})

    def _context(self, frame: dict[str, Any]) -> Context:
        process = SubjectProcess(self._channel, self._home / "run", environ_of(self._secrets))
        seconds = float(frame["test_seconds"])
        return Context(
            frame["subject"], frame["files"], seconds, process, Recorder(), self._secrets
        )


def run_suite(start: Start, home: Path) -> None:
    """Run the tests that come for `start`, below `home`, and report as they end.

    Raises SuiteBroken when pytest could not collect or run them.
    """
    tests = home / "tests"
    tests.mkdir()
    settings = home / "pytest.ini"
    settings.write_text("[pytest]\n")
    said = io.StringIO()
    with redirect_stdout(said):
        code = pytest.main(
            [
                *OPTIONS,
                f"--rootdir={tests}",
                f"--confcutdir={tests}",
                f"-c{settings}",
                f"--ignore={tests / FOLDER}",
                str(tests),
            ],
            plugins=[start],
        )
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise SuiteBroken(f"pytest ended with {code!r}:\n{said.getvalue()[-4000:]}")
    start.say_done()
