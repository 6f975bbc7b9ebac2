"""The claims that this worker has in hand, and how it holds on to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

import structlog

from backyard.queue.interface import Claim, LeaseLost, Queue, Setback
from backyard.submissions.lifecycle import Ending

RENEWAL: Final = 3.0
"""Seconds between two renewals: two may fail before a lease of ten runs out."""

log: Final = structlog.get_logger()


class Leases:
    """What is in hand. Threads may share it."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._held: dict[str, Claim] = {}
        self._lock = Lock()

    @property
    def held(self) -> int:
        """How many claims are in hand."""
        return len(self._held)

    @contextmanager
    def hold(self, claim: Claim) -> Iterator[None]:
        """Keep `claim` from running out while the context is open."""
        with self._lock:
            self._held[claim.token] = claim
        try:
            yield
        finally:
            self._drop(claim)

    def renew(self) -> None:
        """Renew every claim in hand, whatever becomes of the others.

        One that is lost is dropped: its next write will tell. One that fails is tried again at the
        next renewal.
        """
        for claim in self._in_hand():
            try:
                self._queue.renew(claim)
            except LeaseLost:
                log.warning("lease lost", submission=claim.submission_id)
                self._drop(claim)
            except Exception:
                log.exception("lease not renewed", submission=claim.submission_id)

    def give_back(self, cause: str) -> None:
        """Put whatever is still in hand back into the queue, for the next worker."""
        for claim in self._in_hand():
            try:
                self._queue.release(claim, Setback(Ending.STOPPED, cause))
            except LeaseLost:
                pass
            except Exception:  # of one must not keep the others: its lease runs out
                log.exception("not given back", submission=claim.submission_id)
            self._drop(claim)

    def _in_hand(self) -> list[Claim]:
        with self._lock:
            return list(self._held.values())

    def _drop(self, claim: Claim) -> None:
        with self._lock:
            self._held.pop(claim.token, None)
