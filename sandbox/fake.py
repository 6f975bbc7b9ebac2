"""Sandboxes without containers, for tests of what stands above them."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from sandbox.environment import Environment
from sandbox.errors import EngineUnavailable, SandboxFailed

Script = Callable[[list[dict[str, Any]]], Iterable[dict[str, Any] | None]]
"""Takes the frames sent so far and gives the frames to answer with; None is a silence, which lasts
until the deadline of whoever listens."""


class FakeSandbox:
    """Answers from a script once both frames of a job have been sent."""

    def __init__(self, script: Script) -> None:
        self.sent: list[dict[str, Any]] = []
        self.destroyed = False
        self._script = script
        self._answers: deque[dict[str, Any] | None] | None = None

    def send(self, frame: dict[str, Any]) -> None:
        """Keep `frame`; a destroyed sandbox takes none."""
        if self.destroyed:
            raise SandboxFailed("the sandbox is gone")
        self.sent.append(frame)

    def receive(self, deadline: float) -> dict[str, Any]:
        """Return the script's next frame. A script that has run out is a stream that ended."""
        if time.monotonic() > deadline:
            raise TimeoutError
        if self._answers is None:
            self._answers = deque(self._script(self.sent))
        if not self._answers:
            raise SandboxFailed("the stream ended before the verdict was in")
        answer = self._answers.popleft()
        if answer is None:
            time.sleep(max(0.0, deadline - time.monotonic()))
            raise TimeoutError
        return answer

    def alive(self) -> bool:
        """Whether nobody has destroyed it."""
        return not self.destroyed

    def destroy(self) -> None:
        """Note that it is gone."""
        self.destroyed = True


class FakeProvider:
    """Makes fake sandboxes. `available` switches the engine off and on."""

    def __init__(self, script: Script) -> None:
        self.available = True
        self.started: list[FakeSandbox] = []
        self._script = script

    def start(self, environment: Environment) -> FakeSandbox:
        """Return a sandbox at once. Raises EngineUnavailable while switched off."""
        self.check()
        sandbox = FakeSandbox(self._script)
        self.started.append(sandbox)
        return sandbox

    def check(self) -> None:
        """Raise EngineUnavailable while switched off."""
        if not self.available:
            raise EngineUnavailable("the engine is switched off")

    def sweep(self) -> int:
        """There are never orphans."""
        return 0
