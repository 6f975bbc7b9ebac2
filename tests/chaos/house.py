"""A place with real workers, and an eye on when each submission gets its verdict."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Final

import docker
from sqlalchemy import func, select

from backyard.catalog.models import Progress
from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.models import Submission
from grader.verdict import Verdict
from tests.functional.worker.conftest import Place, furnished, wait_for

TESTS: Final = 4
PAUSE: Final = 0.1

PATIENCE: Final = 150.0
"""Seconds after which what has no verdict counts as lost. On a machine that others keep busy, a
sandbox alone may take ten to start; `make chaos` says which verdict took longer than thirty."""

USERS: Final = (1, 2, 3)


@dataclass
class House:
    """What faults work on: it has workers, submissions, and notes when each is over."""

    place: Place
    engine: str = ""
    submissions: list[str] = field(default_factory=list)
    over: dict[str, float] = field(default_factory=dict)
    recoveries: list[float] = field(default_factory=list)
    _users: Iterator[int] = field(default_factory=lambda: cycle(USERS))

    def client(self) -> docker.APIClient:
        """The engine that the workers use. To be closed."""
        return docker.APIClient(self.engine) if self.engine else docker.from_env().api

    def hand_in(self, count: int) -> list[str]:
        """Submissions of all learners in turn, which the browser would have seen accepted."""
        new = [self.place.hand_in(next(self._users)) for _ in range(count)]
        self.submissions += new
        return new

    def keep_waiting(self, count: int) -> None:
        """Hand in until `count` wait in the queue."""
        waiting = select(func.count()).where(Submission.state == SubmissionState.QUEUED)
        with self.place.sessions() as session:
            there = session.scalars(waiting).one()
        self.hand_in(max(0, count - there))

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """A worker that is ready; with something to go wrong if the environment says so."""
        if self.engine:
            environment = {**environment, "DOCKER_HOST": self.engine}
        return self.place.worker(2, "tests.chaos.worker", **environment)

    def await_running(self, *names: str, phase: str = "tests") -> None:
        """Wait until one of `names` is that far."""
        wait_for(
            lambda: any(self.place.submission(name).phase == phase for name in names),
            PATIENCE,
            f"the phase {phase}",
        )

    def recovered(self, mended: float) -> None:
        """All is whole again since `mended` (`time.monotonic`): every verdict comes in time."""
        names = list(self.submissions)
        left = mended + PATIENCE - time.monotonic()
        wait_for(lambda: self.over.keys() >= set(names), left, f"{len(names)} verdicts")
        self.recoveries.append(max(0.0, *(self.over[name] - mended for name in names)))

    def look(self) -> None:
        """Note whose verdict has come."""
        ended = (SubmissionState.DONE, SubmissionState.CANCELLED)
        with self.place.sessions() as session:
            done = session.scalars(select(Submission.id).where(Submission.state.in_(ended))).all()
        for name in done:
            self.over.setdefault(name, time.monotonic())


@contextmanager
def house(folder: Path, engine: str = "") -> Iterator[House]:
    """A house; at the end nothing of it may still run."""
    with furnished(folder, TESTS, PAUSE) as place:
        it = House(place, engine)
        stop = threading.Event()
        eye = threading.Thread(target=_watch, args=(it, stop))
        eye.start()
        try:
            yield it
        finally:
            stop.set()
            eye.join()
        workers = list(place.processes)
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        codes = {worker.wait(60) for worker in workers}
        assert codes <= {0, -signal.SIGKILL}, f"workers ended with {codes}"
        nothing_is_left(it, {str(worker.pid) for worker in workers})


def _watch(it: House, stop: threading.Event) -> None:
    while not stop.wait(0.05):
        it.look()


def one_verdict_each(it: House) -> None:
    """Every acknowledged submission has exactly one verdict, the right one; points count once."""
    for name in it.submissions:
        row, attempts = it.place.submission(name), it.place.attempts(name)
        endings = [attempt.ending for attempt in attempts]
        assert row.verdict is Verdict.PASSED, f"{row.verdict}: {[a.cause for a in attempts]}"
        assert endings[-1] is Ending.GRADED
        assert endings.count(Ending.GRADED) == 1, endings
        assert len(it.place.results(attempts[-1])) == TESTS
    with it.place.sessions() as session:
        rows = session.scalars(select(Progress)).all()
        assert {row.points for row in rows} == {TESTS}
        assert len(rows) == min(len(it.submissions), len(USERS))


def nothing_is_left(it: House, pids: set[str]) -> None:
    """No container of these workers, and no process in this house."""
    with it.client() as engine:
        wait_for(lambda: not containers_of(engine, pids), 30, "the end of every sandbox")
    here = f"BACKYARD_INSTANCE={it.place.folder}".encode()
    left = [path for path in Path("/proc").glob("[0-9]*/environ") if here in _read(path)]
    assert not left, f"still running: {left}"


def containers_of(engine: docker.APIClient, pids: set[str]) -> list[str]:
    """The ids of the containers that these processes made."""
    found = engine.containers(all=True, filters={"label": "backyard.owner"})
    owners = {row["Id"]: row["Labels"]["backyard.owner"].split("/") for row in found}
    return [name for name, owner in owners.items() if owner[-2] in pids]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has just ended
        return b""
