"""What the pool and the grader need of a container engine. Docker is one, the fake another."""

from __future__ import annotations

from typing import Any, Protocol

from sandbox.environment import Environment


class Sandbox(Protocol):
    """One container, warm until its job is sent, good for one submission (or, where a job says
    `again` and its `end` says so, too, for several runs of the gate)."""

    def send(self, frame: dict[str, Any]) -> None:
        """Send one frame. Raises SandboxFailed when the sandbox is gone."""

    def receive(self, deadline: float) -> dict[str, Any]:
        """Return the next frame; `deadline` is on `time.monotonic`'s clock.

        Raises TimeoutError when it passes and SandboxFailed when the stream ends or breaks.
        """

    def alive(self) -> bool:
        """Whether the stream is still open, as far as can be told without waiting."""

    def destroy(self) -> None:
        """Remove the container, whatever its state. Never raises; a sweep finds what stays."""


class Sandboxes(Protocol):
    """Where sandboxes are taken, and given back."""

    def await_turn(self) -> None:
        """Wait as long as others come first. Raises EngineUnavailable when that is for good."""

    def is_warm(self, name: str) -> bool:
        """Whether `take` would have a sandbox of the environment `name` without a wait."""

    def take(self, name: str) -> Sandbox:
        """Return a warm sandbox of the environment `name`. Raises SandboxError."""

    def discard(self, sandbox: Sandbox) -> None:
        """Be done with a sandbox that was taken."""


class Provider(Protocol):
    """Makes sandboxes."""

    def start(self, environment: Environment) -> Sandbox:
        """Return a sandbox that has said `ready`. Raises SandboxError."""

    def check(self) -> None:
        """Raise EngineUnavailable unless the engine answers."""

    def sweep(self) -> int:
        """Remove sandboxes whose owner is gone; return how many."""
