"""Keeps warm sandboxes at hand: each is taken once, and another is started in its place.

A start costs about as much CPU as a grading. So while something is being graded a shelf that
still has a sandbox is left alone, and the learner who waits has the machine; it is filled up
when the grading is over. An empty shelf is refilled at once.

How many a shelf should hold is for a plan to say (sandbox/demand.py). Whoever waits gets one
started in any case; where that goes beyond the plan's budget, those that another shelf holds
beyond what is wanted of it make room.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Final, Self

from sandbox.demand import AsDeclared, Plan
from sandbox.environment import Environment
from sandbox.errors import SandboxError, UnknownEnvironment
from sandbox.interface import Provider, Sandbox
from sandbox.shelf import Shelf

STARTERS: Final = 2
"""How many sandboxes are started or destroyed at once."""

log = logging.getLogger(__name__)


class Pool:
    """Warm sandboxes of every environment. Use as a context manager; `close` destroys them.

    Without a `plan` it keeps as many of each as its environment declares.
    """

    def __init__(
        self,
        provider: Provider,
        environments: Mapping[str, Environment],
        plan: Plan | None = None,
    ) -> None:
        self._provider = provider
        self._plan = plan or AsDeclared(environments)
        self._shelves = {name: Shelf(env) for name, env in environments.items()}
        self._changed = threading.Condition()
        self._executor = ThreadPoolExecutor(STARTERS, thread_name_prefix="sandbox")
        self._taken = 0
        self._closed = False

    def fill(self) -> None:
        """Begin to start what the shelves lack, in the background."""
        with self._changed:
            for shelf in self._all:
                self._refill(shelf)

    def tend(self) -> None:
        """Let go of what has died or is wanted no longer, and fill up. To be called at times."""
        with self._changed:
            if self._closed:
                return
            for shelf in self._all:
                self._bury(shelf)
                while shelf.ready and self._lacking(shelf) < 0:
                    self._destroy(shelf.ready.popleft())
            self.fill()

    def await_turn(self) -> None:
        """See `sandbox.interface.Sandboxes`. Here nobody comes first."""

    def is_warm(self, name: str) -> bool:
        """Whether `take` would have a sandbox without a wait."""
        with self._changed:
            shelf = self._shelf(name)
            self._bury(shelf)
            return bool(shelf.ready)

    def wait_until_full(self) -> None:
        """Wait until every shelf has what it should hold, or its environment fails to start."""
        with self._changed:
            self._changed.wait_for(lambda: all(map(self._is_full, self._all)))

    def take(self, name: str) -> Sandbox:
        """Return a warm sandbox, and wait for one to be started where there is none.

        The caller destroys it, by `discard`. Raises SandboxError when none can be started.
        """
        with self._changed:
            shelf = self._shelf(name)
            self._plan.note(name)
            while (sandbox := self._pop_living(shelf)) is None:
                self._wait(shelf)
            self._taken += 1
            # A living one is at hand, so a failure noted meanwhile is out of date.
            self._refill(shelf, now=True)
            return sandbox

    def part_with(self) -> None:
        """Note that a sandbox which was taken is kept for long, and is no grading's: it holds the
        shelves back no more. Its keeper destroys it, and gives it to `discard` no more."""
        with self._changed:
            self._taken -= 1
        self.fill()

    def discard(self, sandbox: Sandbox) -> None:
        """Destroy a sandbox that was taken, in the background, and fill the shelves up."""
        self._destroy(sandbox)
        with self._changed:
            self._taken -= 1
        self.fill()

    def close(self) -> None:
        """Destroy all warm sandboxes, and wait for what is under way."""
        with self._changed:
            self._closed = True
            for shelf in self._all:
                if shelf.timer is not None:
                    shelf.timer.cancel()
            self._changed.notify_all()
        self._executor.shutdown(wait=True)
        for shelf in self._all:
            while shelf.ready:
                shelf.ready.popleft().destroy()

    def __enter__(self) -> Self:
        self.fill()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _all(self) -> list[Shelf]:
        return list(self._shelves.values())

    def _shelf(self, name: str) -> Shelf:
        if name not in self._shelves:
            known = ", ".join(self._shelves)
            raise UnknownEnvironment(f"there is no environment {name!r}; there are: {known}")
        return self._shelves[name]

    def _is_full(self, shelf: Shelf) -> bool:
        return shelf.failures > 0 or (not shelf.starting and self._lacking(shelf) <= 0)

    def _lacking(self, shelf: Shelf) -> int:
        return shelf.lacking(self._plan.wanted()[shelf.environment.name])

    def _pop_living(self, shelf: Shelf) -> Sandbox | None:
        self._bury(shelf)
        return shelf.ready.popleft() if shelf.ready else None

    def _bury(self, shelf: Shelf) -> None:
        for sandbox in shelf.take_dead():
            self._destroy(sandbox)

    def _destroy(self, sandbox: Sandbox) -> None:
        try:
            self._executor.submit(sandbox.destroy)
        except RuntimeError:  # closed meanwhile
            sandbox.destroy()

    def _wait(self, shelf: Shelf) -> None:
        """Wait until something about `shelf` changes; raise the error of a failed start."""
        if self._closed:
            raise SandboxError("the pool is closed")
        shelf.waiting += 1
        shelf.error = None
        try:
            self._refill(shelf, now=True)
            self._changed.wait_for(lambda: shelf.ready or shelf.error or self._closed)
        finally:
            shelf.waiting -= 1
        if shelf.error is not None and not shelf.ready:
            raise shelf.error

    def _refill(self, shelf: Shelf, *, now: bool = False) -> None:
        """Start what lacks. After a failure only a timer does so, or someone who takes (`now`)."""
        if shelf.rests and not now:
            return
        while not self._closed and self._lacking(shelf) > 0 and self._may_start(shelf):
            shelf.starting += 1
            self._executor.submit(self._start, shelf)

    def _may_start(self, shelf: Shelf) -> bool:
        """Whether one more may be started now. For someone who waits room is made; what only
        fills the shelf takes the room that there is, and comes after those who wait."""
        if shelf.kept < shelf.waiting:
            self._make_room(shelf)
            return True
        if self._taken > 0 and shelf.kept > shelf.waiting:
            return False
        return sum(s.starting for s in self._all) < STARTERS and self._fits_with_another(shelf)

    def _make_room(self, shelf: Shelf) -> None:
        while not self._fits_with_another(shelf):
            spare = next((s for s in self._all if s.ready and self._lacking(s) < 0), None)
            if spare is None:
                return
            self._destroy(spare.ready.popleft())

    def _fits_with_another(self, shelf: Shelf) -> bool:
        return self._plan.fits({name: s.kept + (s is shelf) for name, s in self._shelves.items()})

    def _start(self, shelf: Shelf) -> None:
        outcome = self._try_to_start(shelf.environment)
        with self._changed:
            shelf.starting -= 1
            if isinstance(outcome, SandboxError):
                shelf.note_failure(outcome, None if self._closed else self._retry)
            else:
                shelf.note_success(outcome)
            self._changed.notify_all()
            self.fill()

    def _try_to_start(self, environment: Environment) -> Sandbox | SandboxError:
        try:
            return self._provider.start(environment)
        except SandboxError as error:
            return error
        except Exception as error:  # a bug must not leave those who wait waiting for ever
            log.exception("starting a sandbox failed")
            return SandboxError(f"starting a sandbox failed: {error}")

    def _retry(self, shelf: Shelf) -> None:
        with self._changed:
            shelf.timer = None
            self._refill(shelf, now=True)
