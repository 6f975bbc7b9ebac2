"""The pool on fake sandboxes: each is taken once, and another takes its place."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from sandbox import shelf as shelf_module
from sandbox.environment import Environment
from sandbox.errors import EngineUnavailable, ImageMissing, SandboxError, UnknownEnvironment
from sandbox.fake import FakeProvider, FakeSandbox
from sandbox.pool import Pool


class GatedProvider(FakeProvider):
    """Starts no sandbox before `gate` is set, and raises `failure` where there is one."""

    def __init__(self) -> None:
        super().__init__(lambda sent: [])
        self.gate = threading.Event()
        self.gate.set()
        self.failure: Exception | None = None
        self.tries = 0

    def start(self, environment: Environment) -> FakeSandbox:
        self.tries += 1
        assert self.gate.wait(timeout=10)
        if self.failure is not None:
            raise self.failure
        return super().start(environment)


@pytest.fixture
def provider() -> GatedProvider:
    return GatedProvider()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure is tried again after a moment, so that tests need not wait seconds."""
    monkeypatch.setattr(shelf_module, "RETRY_SECONDS", (0.02, 0.05))


def of_size(size: int) -> dict[str, Environment]:
    return {"python": Environment(name="python", image="x", memory_mb=64, idle_mb=32, pool=size)}


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 5
    while not true():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.005)


def warm(provider: FakeProvider, size: int) -> None:
    """Wait until `size` sandboxes have been started and are alive."""
    until(lambda: sum(s.alive() for s in provider.started) == size, f"{size} are alive")


@contextmanager
def waiting_for(pool: Pool, count: int = 1) -> Iterator[list[Future[object]]]:
    """`count` threads that each take one sandbox."""
    with ThreadPoolExecutor(count) as executor:
        yield [executor.submit(pool.take, "python") for _ in range(count)]


def test_a_shelf_is_filled_before_anybody_asks(provider: GatedProvider) -> None:
    with Pool(provider, of_size(3)) as pool:
        warm(provider, 3)
        until(lambda: pool.is_warm("python"), "the pool is warm")


def test_each_sandbox_is_taken_once_however_many_take_at_once(provider: GatedProvider) -> None:
    with Pool(provider, of_size(2)) as pool, waiting_for(pool, 20) as taken:
        assert len({id(future.result(timeout=5)) for future in taken}) == 20


def test_what_is_taken_is_replaced(provider: GatedProvider) -> None:
    with Pool(provider, of_size(1)) as pool:
        pool.wait_until_full()
        taken = pool.take("python")
        warm(provider, 2)
        assert taken.alive()


def test_a_shelf_that_still_has_one_is_filled_up_when_the_grading_is_over(
    provider: GatedProvider,
) -> None:
    with Pool(provider, of_size(2)) as pool:
        pool.wait_until_full()
        taken = pool.take("python")
        time.sleep(0.05)
        assert len(provider.started) == 2
        pool.discard(taken)
        until(lambda: len(provider.started) == 3, "a third was started")


def test_what_is_kept_for_long_holds_no_shelf_back(provider: GatedProvider) -> None:
    with Pool(provider, of_size(2)) as pool:
        pool.wait_until_full()
        kept = pool.take("python")
        pool.part_with()
        until(lambda: len(provider.started) == 3, "a third was started")
        assert kept.alive()


def test_a_shelf_that_is_empty_is_refilled_at_once(provider: GatedProvider) -> None:
    with Pool(provider, of_size(2)) as pool:
        pool.wait_until_full()
        pool.take("python")
        pool.take("python")
        until(lambda: len(provider.started) == 3, "a third was started")
        until(lambda: pool.is_warm("python"), "the pool is warm")


def test_no_more_are_started_than_the_shelf_holds(provider: GatedProvider) -> None:
    with Pool(provider, of_size(2)) as pool:
        for _ in range(5):
            pool.discard(pool.take("python"))
        warm(provider, 2)
        time.sleep(0.05)
        assert len(provider.started) == 7


def test_a_dead_one_is_skipped_and_replaced(provider: GatedProvider) -> None:
    with Pool(provider, of_size(1)) as pool:
        until(lambda: pool.is_warm("python"), "the pool is warm")
        [dead] = provider.started
        dead.destroy()
        taken = pool.take("python")
        assert taken.alive()
        assert taken is not dead
        warm(provider, 2)


def test_a_shelf_of_none_starts_one_for_who_asks(provider: GatedProvider) -> None:
    with Pool(provider, of_size(0)) as pool:
        assert not pool.is_warm("python")
        pool.take("python")
        assert len(provider.started) == 1


def test_who_finds_the_shelf_empty_waits_for_the_next(provider: GatedProvider) -> None:
    provider.gate.clear()
    with Pool(provider, of_size(1)) as pool, waiting_for(pool) as [taken]:
        time.sleep(0.05)
        assert not taken.done()
        provider.gate.set()
        assert taken.result(timeout=5) is provider.started[0]


def test_an_environment_that_nobody_declared_is_named(provider: GatedProvider) -> None:
    with Pool(provider, of_size(0)) as pool:
        for ask in (pool.take, pool.is_warm):
            with pytest.raises(UnknownEnvironment, match=r"no environment 'cobol'.*python"):
                ask("cobol")


@pytest.mark.parametrize("error", [EngineUnavailable("away"), ImageMissing("no image")])
def test_the_error_of_a_start_reaches_everyone_who_waits(
    provider: GatedProvider, error: SandboxError
) -> None:
    provider.failure = error
    with Pool(provider, of_size(0)) as pool, waiting_for(pool, 3) as taken:
        for future in taken:
            with pytest.raises(type(error), match=str(error)):
                future.result(timeout=5)


def test_a_bug_in_a_provider_leaves_nobody_waiting(provider: GatedProvider) -> None:
    provider.failure = KeyError("Id")
    with (
        Pool(provider, of_size(1)) as pool,
        pytest.raises(SandboxError, match=r"starting a sandbox failed: 'Id'"),
    ):
        pool.take("python")


def test_taking_after_a_failure_tries_again_at_once(
    provider: GatedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf_module, "RETRY_SECONDS", (3600.0,))
    provider.available = False
    with Pool(provider, of_size(0)) as pool:
        with pytest.raises(EngineUnavailable):
            pool.take("python")
        provider.available = True
        assert pool.take("python").alive()
        warm(provider, 1)


def test_the_shelf_is_filled_again_once_the_engine_is_back(provider: GatedProvider) -> None:
    provider.available = False
    with Pool(provider, of_size(2)) as pool:
        until(lambda: provider.tries > 2, "it is tried again")
        assert not pool.is_warm("python")
        provider.available = True
        warm(provider, 2)


def test_tries_do_not_multiply_while_the_engine_is_away(provider: GatedProvider) -> None:
    provider.available = False
    with Pool(provider, of_size(2)):
        time.sleep(1.0)
        assert provider.tries < 2 * (1.0 / 0.05) + 10


def test_failures_of_one_environment_keep_nobody_from_another(provider: GatedProvider) -> None:
    class Choosy(GatedProvider):
        def start(self, environment: Environment) -> FakeSandbox:
            if environment.name == "broken":
                raise ImageMissing("no image")
            return super().start(environment)

    environments = of_size(1) | {
        "broken": Environment(name="broken", image="x", memory_mb=64, idle_mb=32)
    }
    with Pool(Choosy(), environments) as pool:
        with pytest.raises(ImageMissing):
            pool.take("broken")
        assert pool.take("python").alive()


def test_closing_destroys_all_that_nobody_took(provider: GatedProvider) -> None:
    with Pool(provider, of_size(3)) as pool:
        taken = pool.take("python")
    assert [s for s in provider.started if s.alive()] == [taken]


def test_closing_destroys_what_is_still_being_started(provider: GatedProvider) -> None:
    provider.gate.clear()
    pool = Pool(provider, of_size(2))
    pool.fill()
    until(lambda: provider.tries == 2, "two are being started")
    threading.Timer(0.05, provider.gate.set).start()
    pool.close()
    assert [s.destroyed for s in provider.started] == [True, True]


def test_who_waits_when_the_pool_closes_is_told(provider: GatedProvider) -> None:
    provider.gate.clear()
    pool = Pool(provider, of_size(0))
    with waiting_for(pool) as [taken]:
        until(lambda: provider.tries == 1, "one is being started")
        threading.Timer(0.05, provider.gate.set).start()
        pool.close()
        with pytest.raises(SandboxError, match="the pool is closed"):
            taken.result(timeout=5)
    assert all(s.destroyed for s in provider.started)


def test_a_closed_pool_gives_nothing(provider: GatedProvider) -> None:
    with Pool(provider, of_size(1)) as pool:
        pass
    with pytest.raises(SandboxError, match="the pool is closed"):
        pool.take("python")


def test_a_closed_pool_tries_nothing_again(provider: GatedProvider) -> None:
    provider.available = False
    with Pool(provider, of_size(1)):
        until(lambda: provider.tries > 0, "one is being started")
    tries = provider.tries
    time.sleep(0.2)
    assert provider.tries == tries


def test_what_was_taken_can_be_discarded_even_when_the_pool_has_closed(
    provider: GatedProvider,
) -> None:
    with Pool(provider, of_size(0)) as pool:
        early, late = pool.take("python"), pool.take("python")
        pool.discard(early)
    pool.discard(late)
    assert [s.destroyed for s in provider.started] == [True, True]
