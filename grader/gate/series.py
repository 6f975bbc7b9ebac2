"""Sandboxes that serve one run of the gate after another, since starting one costs more than most
runs. All that is run in them comes from the same author; a learner's submission never does."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Any, Final, Self

from sandbox.interface import Sandbox, Sandboxes

MOST_RUNS: Final = 8
"""Runs in one sandbox. The next has other random numbers, hashes of texts among them, so what
depends on these still shows."""


class Series:
    """The sandboxes of one exercise's runs. Threads may share it. Use as a context manager."""

    def __init__(self, sandboxes: Sandboxes) -> None:
        self._sandboxes = sandboxes
        self._free: list[_Serving] = []
        self._lock = threading.Lock()
        self._closed = False

    def await_turn(self) -> None:
        """See `sandbox.interface.Sandboxes`."""
        self._sandboxes.await_turn()

    def is_warm(self, name: str) -> bool:
        """Whether `take` would have a sandbox without a wait."""
        return bool(self._free) or self._sandboxes.is_warm(name)

    def take(self, name: str) -> Sandbox:
        """Return a sandbox that has served before and is as new, or else one from the pool."""
        self._sandboxes.await_turn()
        while sandbox := self._pop():
            if sandbox.alive():
                return sandbox
            self._sandboxes.discard(sandbox.inner)
        return _Serving(self._sandboxes.take(name))

    def discard(self, sandbox: Sandbox) -> None:
        """Keep a sandbox for another run where it is as new, or destroy it."""
        assert isinstance(sandbox, _Serving)
        with self._lock:
            kept = sandbox.as_new and not self._closed
            if kept:
                self._free.append(sandbox)
        if not kept:
            self._sandboxes.discard(sandbox.inner)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._closed = True  # a run that was given up may still be under way
        while sandbox := self._pop():
            self._sandboxes.discard(sandbox.inner)

    def _pop(self) -> _Serving | None:
        with self._lock:
            return self._free.pop() if self._free else None


class _Serving:
    """A sandbox that is asked to be as new after each job, and says whether it is.

    One where a test has met an error is not taken for new: a service may be what is broken.
    """

    def __init__(self, inner: Sandbox) -> None:
        self.inner = inner
        self.runs = 0
        self.as_new = False
        self._erred = False

    def send(self, frame: dict[str, Any]) -> None:
        """See `sandbox.interface.Sandbox`."""
        if frame["type"] == "job":
            self.runs += 1
            self.as_new = self._erred = False
            frame = frame | {"again": self.runs < MOST_RUNS}
        self.inner.send(frame)

    def receive(self, deadline: float) -> dict[str, Any]:
        """See `sandbox.interface.Sandbox`."""
        frame = self.inner.receive(deadline)
        if frame["type"] == "test" and frame.get("outcome") == "error":
            self._erred = True
        if frame["type"] == "end":
            self.as_new = frame.get("again") is True and not self._erred
        return frame

    def alive(self) -> bool:
        """See `sandbox.interface.Sandbox`."""
        return self.inner.alive()

    def destroy(self) -> None:
        """See `sandbox.interface.Sandbox`."""
        self.inner.destroy()
