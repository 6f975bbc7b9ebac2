"""Has each suite compiled once, before any learner's work is there, and keeps the bytecode."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

from grader.exercise import Exercise
from grader.frames import bytecode_frames
from grader.judging import JudgeError
from sandbox.errors import SandboxError
from sandbox.interface import Sandbox
from sandbox.pool import Pool

Bytecode = Mapping[str, str]
"""Files, in Base64, by their names below the suite's folder."""

MOST: Final = 100
"""Suites whose bytecode is kept at hand."""

log = logging.getLogger(__name__)


class Compiler:
    """Compiles suites in sandboxes of `pool`. Threads may share it."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._lock = threading.Lock()
        self._made: dict[object, Bytecode] = {}

    def bytecode(self, exercise: Exercise) -> Bytecode:
        """Return the bytecode of the exercise's suite, empty while there is none.

        The first call for a suite begins to make it, in the background; where that fails, the
        gradings compile for themselves.
        """
        with self._lock:
            known = self._made.get(_key(exercise))
            if known is None:
                self._keep(exercise, {})
        if known is None:
            threading.Thread(target=self.compile, args=[exercise], daemon=True).start()
        return known or {}

    def keep(self, exercise: Exercise, bytecode: Bytecode) -> None:
        """Take bytecode that somebody else has had made."""
        with self._lock:
            self._keep(exercise, bytecode)

    def _keep(self, exercise: Exercise, bytecode: Bytecode) -> None:
        if len(self._made) >= MOST:
            self._made.clear()
        self._made[_key(exercise)] = bytecode

    def compile(self, exercise: Exercise) -> None:
        """Make the bytecode now."""
        try:
            sandbox = self._pool.take(exercise.metadata.environment)
            try:
                self.keep(exercise, _compiled(sandbox, exercise))
            finally:
                self._pool.discard(sandbox)
        except (JudgeError, SandboxError) as error:
            log.warning("the suite of %s was not compiled: %s", exercise.id, error)


def _key(exercise: Exercise) -> object:
    """The very texts: by a hash alone, a suite could meet another one's bytecode."""
    return exercise.metadata.environment, tuple(sorted(exercise.suite.items()))


def _compiled(sandbox: Sandbox, exercise: Exercise) -> Bytecode:
    deadline = time.monotonic() + exercise.metadata.limits.seconds
    for frame in bytecode_frames(exercise):
        sandbox.send(frame)
    try:
        while (frame := sandbox.receive(deadline))["type"] != "bytecode":
            _check(frame)
    except TimeoutError:
        raise JudgeError("it took too long") from None
    return dict(frame["files"])


def _check(frame: Mapping[str, Any]) -> None:
    if frame["type"] != "collected":
        raise JudgeError(str(frame.get("message", frame["type"])))
