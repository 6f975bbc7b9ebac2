"""Has pytest list an exercise's tests, in a sandbox."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from grader.compiling import Bytecode
from grader.exercise import Exercise
from grader.frames import bytecode_frames
from grader.gate.explain import HANGS, MEMORY, NETWORK, needs_network
from grader.gate.problem import Problem
from grader.grading import GRACE_SECONDS, Watcher, next_frame
from grader.judging import JudgeError
from grader.verdict import Test
from sandbox.interface import Sandboxes


class NotCollected(Exception):
    """pytest can't read the tests. `problem` tells their author why."""

    def __init__(self, what: str, todo: str = "", file: str = "tests/") -> None:
        self.problem = Problem(file, f"tests/ can't be collected: {what}", todo)
        super().__init__(str(self.problem))


@dataclass(frozen=True, slots=True)
class Collected:
    """The tests that pytest finds, in its order, and the bytecode of their files."""

    tests: tuple[Test, ...]
    bytecode: Bytecode


def collect(exercise: Exercise, sandboxes: Sandboxes, watcher: Watcher | None = None) -> Collected:
    """Have the tests collected. Raises NotCollected and SandboxError."""
    limit = exercise.metadata.limits.seconds
    sandbox = sandboxes.take(exercise.metadata.environment)
    deadline = time.monotonic() + limit + GRACE_SECONDS
    said: dict[str, dict[str, Any]] = {}
    try:
        for frame in bytecode_frames(exercise):
            sandbox.send(frame)
        while "end" not in said and "broken" not in said:
            frame = next_frame(sandbox, deadline, watcher)
            said[frame["type"]] = frame
    except JudgeError:
        raise NotCollected(HANGS[0].format(seconds=limit), HANGS[1]) from None
    finally:
        sandboxes.discard(sandbox)
    if not said.keys() >= {"collected", "bytecode"}:
        raise NotCollected(*_why(said.get("broken") or said["end"], limit))
    tests = (
        Test(t["id"], t["title"], t["points"], t["visible"]) for t in said["collected"]["tests"]
    )
    return Collected(tuple(tests), said["bytecode"]["files"])


def _why(frame: dict[str, object], limit: float) -> tuple[str, str]:
    said = str(frame.get("message") or f"the run ended as {frame.get('reason')!r}.")
    if needs_network(said):
        return f"{NETWORK[0]} {said}", NETWORK[1]
    if frame.get("reason") == "timeout":
        return HANGS[0].format(seconds=limit), HANGS[1]
    if frame.get("reason") == "out_of_memory":
        return MEMORY
    return said, ""
