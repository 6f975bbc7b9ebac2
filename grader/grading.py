"""Grades one submission in one sandbox."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

from grader.compiling import Compiler
from grader.exercise import Exercise
from grader.frames import ORDINARY, Way, job_frames
from grader.judging import JudgeError, Transcript, not_run
from grader.verdict import Report, TestResult, Verdict
from sandbox.errors import EngineUnavailable, SandboxError
from sandbox.interface import Sandbox, Sandboxes

GRACE_SECONDS: Final = 3.0
"""How long the runner may take, past the exercise's limit, to say its `end`."""


PULSE_SECONDS: Final = 0.1
"""How long to listen to a silent sandbox before the watcher may say that enough is enough."""


class Watcher(Protocol):
    """Is told of a grading as it goes on, from the thread that grades."""

    def phase(self, name: str) -> None:
        """`starting` (no warm sandbox is at hand) or `tests`."""

    def test(self, result: TestResult) -> None:
        """One test has ended."""

    def pulse(self) -> None:
        """Nothing has come in for `PULSE_SECONDS`. What this raises ends the grading at once."""


class Grader:
    """Grades submissions in `sandboxes`, as a rule a pool's. Threads may share it.

    With a `compiler` the suites' bytecode is made once and not in each grading.
    """

    def __init__(self, sandboxes: Sandboxes, compiler: Compiler | None = None) -> None:
        self._sandboxes = sandboxes
        self._compiler = compiler

    def grade(
        self,
        exercise: Exercise,
        files: Mapping[str, str],
        watcher: Watcher | None = None,
        way: Way = ORDINARY,
    ) -> Report:
        """Grade `files` (texts by name, checked before) in that `way` and return the report.

        Its tests are those that the way runs. A failure of ours is a report with the verdict
        `judge_error`, but for EngineUnavailable, which is raised: nothing has been run, and the
        same call may succeed later.
        """
        phases: dict[str, float] = {}
        exercise = way.part(exercise)
        try:
            sandbox = self._take(exercise, phases, watcher)
            try:
                frames = job_frames(exercise, files, self._bytecode(exercise), way)
                transcript = Transcript(exercise, way.stop_at_first)
                return _run(sandbox, transcript, frames, phases, watcher)
            finally:
                self._sandboxes.discard(sandbox)
        except EngineUnavailable:
            raise
        except (JudgeError, SandboxError) as error:
            return without_run(exercise, Verdict.JUDGE_ERROR, str(error), phases)

    def _bytecode(self, exercise: Exercise) -> Mapping[str, str]:
        return self._compiler.bytecode(exercise) if self._compiler else {}

    def _take(
        self, exercise: Exercise, phases: dict[str, float], watcher: Watcher | None
    ) -> Sandbox:
        began = time.monotonic()
        environment = exercise.metadata.environment
        if watcher and not self._sandboxes.is_warm(environment):
            watcher.phase("starting")
        sandbox = self._sandboxes.take(environment)
        phases["sandbox"] = round(time.monotonic() - began, 4)
        return sandbox


def without_run(
    exercise: Exercise, verdict: Verdict, message: str, phases: Mapping[str, float] | None = None
) -> Report:
    """Return the report of a submission none of whose tests has a result."""
    tests = tuple(not_run(test) for test in exercise.tests)
    return Report(exercise.id, exercise.content_hash, verdict, tests, message, dict(phases or {}))


def _run(
    sandbox: Sandbox,
    transcript: Transcript,
    frames: Iterable[dict[str, Any]],
    phases: dict[str, float],
    watcher: Watcher | None,
) -> Report:
    began = time.monotonic()
    deadline = began + transcript.limit + GRACE_SECONDS
    for frame in frames:
        sandbox.send(frame)
    if watcher:
        watcher.phase("tests")  # storing that takes time: let the sandbox work meanwhile
    while not transcript.complete:
        result = transcript.add(next_frame(sandbox, deadline, watcher))
        if result is not None and watcher:
            watcher.test(result)
    phases["tests"] = round(time.monotonic() - began, 4)
    return transcript.report(phases)


def next_frame(sandbox: Sandbox, deadline: float, watcher: Watcher | None) -> dict[str, Any]:
    """Return what the sandbox says next; `deadline` is on `time.monotonic`'s clock.

    Raises JudgeError when it passes, SandboxError, and what `watcher.pulse` raises.
    """
    while True:
        try:
            return sandbox.receive(min(deadline, time.monotonic() + PULSE_SECONDS))
        except TimeoutError:
            if time.monotonic() >= deadline:
                raise JudgeError("the sandbox did not end its run in time") from None
        if watcher:
            watcher.pulse()
