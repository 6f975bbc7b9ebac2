"""Has pytest list an exercise's tests, in a sandbox."""

from __future__ import annotations

import time

from grader.exercise import Exercise
from grader.frames import job_frames
from grader.gate.explain import HANGS, MEMORY, NETWORK, needs_network
from grader.gate.problem import Problem
from grader.grading import GRACE_SECONDS, Watcher, next_frame
from grader.judging import JudgeError
from grader.verdict import Test
from sandbox.pool import Pool


class NotCollected(Exception):
    """pytest can't read the tests. `problem` tells their author why."""

    def __init__(self, what: str, todo: str = "", file: str = "tests/") -> None:
        self.problem = Problem(file, f"tests/ can't be collected: {what}", todo)
        super().__init__(str(self.problem))


def collect(exercise: Exercise, pool: Pool, watcher: Watcher | None = None) -> tuple[Test, ...]:
    """Return the tests that pytest finds, in its order. Raises NotCollected and SandboxError."""
    files = next(iter(exercise.accepted.values()))
    limit = exercise.metadata.limits.seconds
    deadline = time.monotonic() + limit + GRACE_SECONDS
    sandbox = pool.take(exercise.metadata.environment)
    try:
        for frame in job_frames(exercise, files, {}):
            sandbox.send(frame)
        frame = next_frame(sandbox, deadline, watcher)
    except JudgeError:
        raise NotCollected(HANGS[0].format(seconds=limit), HANGS[1]) from None
    finally:
        pool.discard(sandbox)
    if frame["type"] != "collected":
        raise NotCollected(*_why(frame, limit))
    return tuple(Test(t["id"], t["title"], t["points"], t["visible"]) for t in frame["tests"])


def _why(frame: dict[str, object], limit: float) -> tuple[str, str]:
    said = str(frame.get("message") or f"the run ended as {frame.get('reason')!r}.")
    if needs_network(said):
        return f"{NETWORK[0]} {said}", NETWORK[1]
    if frame.get("reason") == "timeout":
        return HANGS[0].format(seconds=limit), HANGS[1]
    if frame.get("reason") == "out_of_memory":
        return MEMORY
    return said, ""
