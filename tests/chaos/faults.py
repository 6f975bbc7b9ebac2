"""What goes wrong. Each fault damages a house that is at work, mends it, and waits for verdicts."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

import docker
from sqlalchemy.exc import OperationalError

from backyard.submissions.lifecycle import Ending
from tests.chaos.engine import Engine
from tests.chaos.house import House, containers_of
from tests.chaos.worker import MOMENTS
from tests.functional.worker.conftest import wait_for

LOAD: Final = 4
"""Submissions that are handed in before a damage, or kept waiting until it has come."""

BETWEEN: Final = 0.05
DEATH_SECONDS: Final = 60.0

LOCK_SECONDS: Final = 7.0
"""Longer than SQLite is told to wait for a lock."""

FULL_SECONDS: Final = 3.0
DISK_MB: Final = 4
HANG_SECONDS: Final = 8.0
HOUR: Final = 3600.0

Fault = Callable[[House, int], None]
"""Takes how often to do it."""


def killed(it: House, times: int) -> None:
    """`kill -9` in each phase of the grading, while another worker lives and more comes in."""
    it.worker()
    for moment in list(MOMENTS) * times:
        doomed = it.worker(CHAOS_DIE=moment)
        end = time.monotonic() + DEATH_SECONDS
        while doomed.poll() is None:
            assert time.monotonic() < end, f"a worker never came to be {moment}"
            it.keep_waiting(LOAD)
            time.sleep(BETWEEN)
        assert doomed.returncode == -signal.SIGKILL
        it.recovered(mended=time.monotonic())
    lost = {a.ending for name in it.submissions for a in it.place.attempts(name)}
    assert Ending.LOST in lost, "nobody was hit"


def told_to_stop(it: House, times: int) -> None:
    """SIGTERM: what is in hand is finished, and nothing more is taken."""
    for _ in range(times):
        worker = it.worker()
        names = it.hand_in(LOAD)
        it.await_running(*names)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
        endings = {a.ending for name in names for a in it.place.attempts(name)}
        assert endings == {Ending.GRADED}, endings
        after = it.worker()
        it.recovered(mended=time.monotonic())
        after.send_signal(signal.SIGTERM)
        assert after.wait(60) == 0


def engine_stopped(engine: Engine, it: House, times: int) -> None:
    """The engine is stopped under gradings, and started again."""
    it.worker()
    for _ in range(times):
        it.await_running(*it.hand_in(LOAD))
        engine.stop()
        it.hand_in(1)
        engine.start()
        it.recovered(mended=time.monotonic())


def engine_hangs(engine: Engine, it: House, times: int) -> None:
    """The engine accepts every call and answers none."""
    it.worker()
    for _ in range(times):
        it.await_running(*it.hand_in(LOAD))
        with engine.hangs():
            it.hand_in(1)
            time.sleep(HANG_SECONDS)
        it.recovered(mended=time.monotonic())


def sandbox_killed(it: House, times: int) -> None:
    """Somebody removes every sandbox of a worker, those in use and those that wait."""
    worker = it.worker()
    for _ in range(times):
        it.await_running(*it.hand_in(LOAD))
        with it.client() as engine:
            for name in containers_of(engine, {str(worker.pid)}):
                _remove(engine, name)
        it.recovered(mended=time.monotonic())


def _remove(engine: docker.APIClient, container: str) -> None:
    with suppress(docker.errors.APIError):  # it has just ended
        engine.remove_container(container, force=True)


def database_locked(it: House, times: int) -> None:
    """Another program holds the database's write lock for seconds."""
    it.worker()
    for _ in range(times):
        it.await_running(*it.hand_in(LOAD))
        path = it.place.folder / "backyard.sqlite3"
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN EXCLUSIVE")
            time.sleep(LOCK_SECONDS)
            other.execute("ROLLBACK")
        it.recovered(mended=time.monotonic())


def disk_full(it: House, times: int) -> None:
    """The disk that the database is on has no byte left."""
    it.worker()
    for _ in range(times):
        it.await_running(*it.hand_in(LOAD))
        ballast = it.place.folder / "ballast"
        _fill(ballast)
        for _ in range(LOAD):
            with suppress(OperationalError):  # so the browser hears that it was not accepted
                it.hand_in(1)
        time.sleep(FULL_SECONDS)
        ballast.unlink()
        it.recovered(mended=time.monotonic())


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:  # full
            return


def two_workers(it: House, times: int) -> None:
    """Two workers on one queue: nothing is graded twice."""
    it.worker()
    it.worker()
    for _ in range(times):
        names = it.hand_in(2 * LOAD)
        it.recovered(mended=time.monotonic())
        assert [len(it.place.attempts(name)) for name in names] == [1] * len(names)


def clock_stepped(it: House, times: int) -> None:
    """The time of day is set an hour forth, then two back, then the worker dies by `kill -9`."""
    clock = it.place.folder / "clock"
    for _ in range(times):
        clock.write_text("0")
        worker = it.worker(CHAOS_CLOCK=str(clock))
        names: list[str] = []
        for hours in (1, -1):
            names += it.hand_in(LOAD)
            it.await_running(*names)
            clock.write_text(str(hours * HOUR))
        names += it.hand_in(LOAD)
        it.await_running(*names)
        attempts = [it.place.attempts(name) for name in names]
        assert all(len(each) <= 1 for each in attempts), "a lease ended by the clock"
        worker.kill()
        worker.wait()
        it.worker()
        it.recovered(mended=time.monotonic())


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own for a house, of `DISK_MB` MiB."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        wait_for(lambda: _unmounted(folder), 20, "the end of all that uses the small disk")


def _unmounted(folder: Path) -> bool:
    return subprocess.run(["umount", folder], capture_output=True, check=False).returncode == 0


PLAIN: Final[Mapping[str, Fault]] = {
    "kill -9 of a worker": killed,
    "SIGTERM": told_to_stop,
    "sandboxes killed": sandbox_killed,
    "database locked": database_locked,
    "two workers": two_workers,
    "clock stepped": clock_stepped,
}
"""Faults that need nothing special."""

ROOTS: Final[Mapping[str, Fault]] = {"disk full": disk_full}
"""Faults that need a disk of their own."""

ENGINES: Final[Mapping[str, Callable[[Engine, House, int], None]]] = {
    "engine stopped": engine_stopped,
    "engine hangs": engine_hangs,
}
"""Faults that need an engine of their own."""
