"""The pool as the worker has it: as many as are asked for, within a budget of memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox.demand import HISTORY, Demand
from sandbox.environment import Environment
from sandbox.fake import FakeProvider, FakeSandbox
from sandbox.interface import Sandbox
from sandbox.pool import STARTERS, Pool


class CountingProvider(FakeProvider):
    """Knows which environment each sandbox is of, and starts those of `allowed` by permission."""

    def __init__(self) -> None:
        super().__init__(lambda sent: [])
        self.of: dict[str, list[FakeSandbox]] = {}
        self.allowed: dict[str, threading.Semaphore] = {}

    def start(self, environment: Environment) -> FakeSandbox:
        if (permits := self.allowed.get(environment.name)) is not None:
            assert permits.acquire(timeout=10)
        sandbox = super().start(environment)
        self.of.setdefault(environment.name, []).append(sandbox)
        return sandbox

    def alive(self, name: str) -> int:
        return sum(sandbox.alive() for sandbox in self.of.get(name, []))


class Clock:
    """Seconds, which pass when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def provider() -> CountingProvider:
    return CountingProvider()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def pool_of(
    provider: CountingProvider, clock: Clock, budget: int, *, least: int = 1, **idle_mb: int
) -> Pool:
    environments = {
        name: Environment(name=name, image="x", memory_mb=256, idle_mb=size, pool=least)
        for name, size in idle_mb.items()
    }
    return Pool(provider, environments, Demand(environments, budget, clock))


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 5
    while not true():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.005)


def rush(pool: Pool, name: str, count: int) -> None:
    """`count` gradings at once."""
    taken: list[Sandbox] = [pool.take(name) for _ in range(count)]
    for sandbox in taken:
        pool.discard(sandbox)


def test_after_a_rush_as_many_are_kept_as_it_took(provider: CountingProvider, clock: Clock) -> None:
    with pool_of(provider, clock, 1000, a=100) as pool:
        rush(pool, "a", 4)
        until(lambda: provider.alive("a") == 4, "four are kept")
        pool.wait_until_full()
        assert provider.alive("a") == 4


def test_when_the_rush_is_forgotten_the_pool_shrinks(
    provider: CountingProvider, clock: Clock
) -> None:
    with pool_of(provider, clock, 1000, a=100) as pool:
        rush(pool, "a", 4)
        pool.wait_until_full()
        clock.now = HISTORY - 1
        pool.tend()
        pool.wait_until_full()
        assert provider.alive("a") == 4
        clock.now = HISTORY
        pool.tend()
        until(lambda: provider.alive("a") == 1, "one is left")
        assert pool.is_warm("a")


def test_a_rush_keeps_the_pool_within_its_budget(provider: CountingProvider, clock: Clock) -> None:
    with pool_of(provider, clock, 350, a=100) as pool:
        rush(pool, "a", 6)
        pool.wait_until_full()
        until(lambda: provider.alive("a") == 3, "three are kept")
        pool.wait_until_full()
        assert provider.alive("a") == 3


def test_what_there_is_no_memory_for_is_started_for_who_asks_and_another_ends(
    provider: CountingProvider, clock: Clock
) -> None:
    with pool_of(provider, clock, 100, a=100, b=100) as pool:
        pool.wait_until_full()
        assert (provider.alive("a"), provider.alive("b")) == (1, 0)
        assert not pool.is_warm("b")
        taken = pool.take("b")
        assert taken is provider.of["b"][0]
        until(lambda: provider.alive("a") == 0, "the idle one of the other has ended")


def test_room_is_made_before_the_start_of_the_one_that_needs_it(
    provider: CountingProvider, clock: Clock
) -> None:
    permits = provider.allowed["b"] = threading.Semaphore(0)
    with pool_of(provider, clock, 100, a=100, b=100) as pool, ThreadPoolExecutor(1) as executor:
        pool.wait_until_full()
        waiting = executor.submit(pool.take, "b")
        until(lambda: provider.alive("a") == 0, "the idle one of the other has ended")
        assert not waiting.done()
        permits.release(5)
        assert waiting.result(timeout=5).alive()


def test_no_more_end_than_the_room_needs(provider: CountingProvider, clock: Clock) -> None:
    with pool_of(provider, clock, 400, least=0, a=100, b=100) as pool:
        rush(pool, "a", 4)
        until(lambda: provider.alive("a") == 4, "four are kept")
        pool.wait_until_full()
        rush(pool, "b", 1)
        until(lambda: provider.alive("a") == 3, "one has ended")
        pool.wait_until_full()
        assert (provider.alive("a"), provider.alive("b")) == (3, 1)


def test_one_larger_than_the_whole_budget_is_started_for_who_asks(
    provider: CountingProvider, clock: Clock
) -> None:
    with pool_of(provider, clock, 50, a=100) as pool:
        rush(pool, "a", 2)
        until(lambda: provider.alive("a") == 0, "none is kept")
        assert len(provider.of["a"]) == 2


def test_many_who_wait_all_get_one_though_the_budget_is_spent(
    provider: CountingProvider, clock: Clock
) -> None:
    with pool_of(provider, clock, 100, a=100, b=100) as pool, ThreadPoolExecutor(6) as executor:
        asked = [executor.submit(pool.take, name) for name in "ababab"]
        taken = {id(future.result(timeout=5)) for future in asked}
        assert len(taken) == 6


def test_filling_up_takes_nothing_from_others_until_the_pool_is_tended(
    provider: CountingProvider, clock: Clock
) -> None:
    """Two that are asked for by turns shall not end each other's sandboxes at every turn."""
    with pool_of(provider, clock, 500, a=100, b=100) as pool:
        rush(pool, "a", 4)
        pool.wait_until_full()
        until(lambda: provider.alive("a") + provider.alive("b") == 5, "the budget is spent")
        clock.now = 20.0
        rush(pool, "b", 3)
        until(lambda: provider.alive("a") + provider.alive("b") == 5, "the budget is spent again")
        assert provider.alive("a") == 4
        pool.tend()
        until(lambda: (provider.alive("a"), provider.alive("b")) == (2, 3), "all have their share")


def test_who_waits_is_served_before_shelves_are_filled_up(provider: CountingProvider) -> None:
    """Of six that are to be kept no more start than are under way when somebody asks for another
    environment, until that one has been served."""
    permits = provider.allowed["a"] = threading.Semaphore(0)

    class Permitting(Demand):
        def note(self, name: str) -> None:
            super().note(name)
            permits.release(STARTERS)

    environments = {
        name: Environment(name=name, image="x", memory_mb=256, idle_mb=100, pool=least)
        for name, least in {"a": 6, "b": 1}.items()
    }
    plan = Permitting(environments, 2000)
    with Pool(provider, environments, plan) as pool, ThreadPoolExecutor(1) as executor:
        assert executor.submit(pool.take, "b").result(timeout=5).alive()
        permits.release(100)


def test_the_dead_are_not_taken_for_warm(provider: CountingProvider, clock: Clock) -> None:
    with pool_of(provider, clock, 1000, a=100) as pool:
        pool.wait_until_full()
        assert pool.is_warm("a")
        provider.of["a"][0].destroy()
        assert not pool.is_warm("a")


def test_tending_replaces_the_dead(provider: CountingProvider, clock: Clock) -> None:
    with pool_of(provider, clock, 1000, a=100) as pool:
        pool.wait_until_full()
        provider.of["a"][0].destroy()
        pool.tend()
        until(lambda: pool.is_warm("a"), "another is there")


def test_tending_ends_nothing_that_is_wanted(provider: CountingProvider, clock: Clock) -> None:
    with pool_of(provider, clock, 1000, a=100, b=100) as pool:
        rush(pool, "a", 3)
        pool.wait_until_full()
        before = len(provider.started)
        for _ in range(5):
            pool.tend()
        pool.wait_until_full()
        assert len(provider.started) == before
        assert (provider.alive("a"), provider.alive("b")) == (3, 1)


def test_a_closed_pool_can_be_tended(provider: CountingProvider, clock: Clock) -> None:
    with pool_of(provider, clock, 1000, a=100) as pool:
        pool.wait_until_full()
    pool.tend()
    assert provider.alive("a") == 0


def test_while_the_engine_is_away_tending_tries_no_more_often(
    provider: CountingProvider, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.shelf.RETRY_SECONDS", (3600.0,))
    tries = []

    def refuse(environment: Environment) -> FakeSandbox:
        tries.append(environment.name)
        provider.available = False
        return CountingProvider.start(provider, environment)

    monkeypatch.setattr(provider, "start", refuse)
    with pool_of(provider, clock, 1000, a=100) as pool:
        pool.wait_until_full()
        for _ in range(20):
            pool.tend()
        time.sleep(0.05)
        assert tries == ["a"]
