"""How many warm sandboxes of each environment to keep: by what was asked for, within a budget.

An environment is wanted as often as it was taken in the busiest `WINDOW` seconds of the last
`HISTORY` seconds, at least as often as it declares (`Environment.pool`), at most `MOST` times.
The budget is dealt out one sandbox at a time, in turns, and what was asked for last has the first
turn. So where it is short all get by with fewer, and what nobody asked for goes without first.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from sandbox.environment import Environment

WINDOW: Final = 10.0
"""Seconds: about what it takes to start as many as are taken in a rush."""

HISTORY: Final = 300.0
"""Seconds that a rush is remembered, so that a class which submits now and then finds some."""

MOST: Final = 8
"""Sandboxes of one environment. The CPU is what a longer rush waits for, not the pool."""


class Plan(Protocol):
    """Says what a pool keeps. Called by one thread at a time."""

    def note(self, name: str) -> None:
        """A sandbox of the environment `name` is being asked for."""

    def wanted(self) -> Mapping[str, int]:
        """Return how many sandboxes of each environment to keep warm."""

    def fits(self, kept: Mapping[str, int]) -> bool:
        """Whether the budget allows to keep that many of each environment."""


class AsDeclared:
    """Keeps `Environment.pool` of each, whatever is asked for and whatever it costs."""

    def __init__(self, environments: Mapping[str, Environment]) -> None:
        self._wanted = {name: environment.pool for name, environment in environments.items()}

    def note(self, name: str) -> None:
        """Do nothing: what is asked for changes nothing."""

    def wanted(self) -> Mapping[str, int]:
        """Return what is declared."""
        return self._wanted

    def fits(self, kept: Mapping[str, int]) -> bool:
        """Return True: there is no budget."""
        return True


class Demand:
    """Keeps what was lately asked for, within `budget_mb` MiB by the declared `idle_mb`.

    `clock` gives seconds that never go back.
    """

    def __init__(
        self,
        environments: Mapping[str, Environment],
        budget_mb: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._environments = environments
        self._budget = budget_mb
        self._clock = clock
        self._takes = {name: _Takes() for name in environments}

    def note(self, name: str) -> None:
        """See `Plan`."""
        self._takes[name].add(self._clock())

    def wanted(self) -> Mapping[str, int]:
        """See `Plan`."""
        goals, room = self._goals(), self._budget
        dealt = dict.fromkeys(goals, 0)
        for turn in range(max(goals.values(), default=0)):
            for name, goal in goals.items():
                if turn < goal and (needed := self._environments[name].idle_mb) <= room:
                    dealt[name] += 1
                    room -= needed
        return dealt

    def fits(self, kept: Mapping[str, int]) -> bool:
        """See `Plan`."""
        needed = sum(self._environments[name].idle_mb * count for name, count in kept.items())
        return needed <= self._budget

    def _goals(self) -> dict[str, int]:
        """What each would have without a budget; what was asked for last comes first."""
        now = self._clock()
        names = sorted(self._takes, key=lambda name: self._takes[name].last, reverse=True)
        return {
            name: max(self._environments[name].pool, min(MOST, self._takes[name].busiest(now)))
            for name in names
        }


class _Takes:
    """When one environment was taken, as far as that still matters."""

    def __init__(self) -> None:
        self.last = float("-inf")
        self._recent: deque[float] = deque()
        # (when, how many in the window that ended then); the counts fall from left to right, for
        # an earlier one that is no greater can never again be the greatest.
        self._peaks: deque[tuple[float, int]] = deque()

    def add(self, now: float) -> None:
        """One is taken now."""
        self.last = now
        self._recent.append(now)
        while self._recent[0] <= now - WINDOW:
            self._recent.popleft()
        count = len(self._recent)
        while self._peaks and self._peaks[-1][1] <= count:
            self._peaks.pop()
        self._peaks.append((now, count))

    def busiest(self, now: float) -> int:
        """How many were taken in the busiest window that has not been forgotten."""
        while self._peaks and self._peaks[0][0] <= now - HISTORY:
            self._peaks.popleft()
        return self._peaks[0][1] if self._peaks else 0
