"""A few threads that several exercises' runs share, so that all CPUs have work to the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Stopped(Exception):
    """Somebody has stopped the work while it was under way."""


class Slots:
    """`count` threads. Use as a context manager; an error in its block stops what is under way."""

    def __init__(self, count: int) -> None:
        self._executor = ThreadPoolExecutor(count, thread_name_prefix="gate")
        self._stopped = threading.Event()

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> list[B]:
        """Return what `function` makes of each item, in their order, after all have been made.

        Raises what `function` raises, without waiting for the others, and Stopped after `stop`.
        """
        futures: list[Future[B]] = []
        try:
            for item in items:
                futures.append(self._submit(function, item))
            return [future.result() for future in futures]
        except CancelledError:
            raise Stopped from None
        finally:
            for future in futures:
                future.cancel()

    def _submit(self, function: Callable[[A], B], item: A) -> Future[B]:
        self.look()
        try:
            return self._executor.submit(function, item)
        except RuntimeError:  # it was stopped in this very moment
            raise Stopped from None

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped.set()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def look(self) -> None:
        """Raise Stopped after `stop`; what takes long asks from time to time."""
        if self._stopped.is_set():
            raise Stopped

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self.stop()
        self._executor.shutdown(wait=True)
