"""The worker's threads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from backyard.db import Base
from backyard.queue.memory import MemoryQueue
from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.models import WorkerStatus
from backyard.worker.database import open_database
from backyard.worker.health import Health
from backyard.worker.leases import Leases
from backyard.worker.slots import Slots
from grader.exercise import Exercise
from grader.grading import Watcher
from grader.verdict import Report
from sandbox.errors import EngineUnavailable
from tests.unit.worker.conftest import Bench, passes


class Engine:
    """An engine that tests switch off and on."""

    def __init__(self) -> None:
        self.there = True

    def check(self) -> None:
        if not self.there:
            raise EngineUnavailable("no socket")


class Crew:
    """Slots, and what they need."""

    def __init__(self, bench: Bench, sessions: sessionmaker[Session]) -> None:
        self.engine = Engine()
        self.health = Health("host:1", self.engine.check, sessions)
        self.stopping = Event()
        self.leases = Leases(bench.queue)
        self.slots = Slots(
            "host:1", bench.queue, bench.grading, self.leases, self.health, self.stopping
        )

    def stop(self, patience: float = 5) -> None:
        """Stop, as the worker does on SIGTERM."""
        self.stopping.set()
        self.slots.finish(patience)


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    """A database for signs of life."""
    maker = open_database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    Base.metadata.create_all(maker.kw["bind"])
    yield maker
    maker.kw["bind"].dispose()


@pytest.fixture
def bench() -> Bench:
    """A bench on the real clock."""
    return Bench(clock=None, queue=MemoryQueue())  # type: ignore[arg-type]  # nobody moves it


@pytest.fixture
def crew(bench: Bench, sessions: sessionmaker[Session]) -> Iterator[Crew]:
    """A crew that has not begun."""
    crew = Crew(bench, sessions)
    yield crew
    crew.stop()


def wait_for(condition: Callable[[], object], seconds: float = 5) -> None:
    """Wait until `condition` holds; fail when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


def test_slots_grade_whatever_comes(bench: Bench, crew: Crew) -> None:
    crew.health.beat()
    crew.slots.start(2)
    entries = [bench.hand_in() for _ in range(10)]
    wait_for(lambda: all(entry.state is SubmissionState.DONE for entry in entries))


def test_a_waiting_submission_is_taken_within_a_tenth_of_a_second(bench: Bench, crew: Crew) -> None:
    crew.health.beat()
    crew.slots.start(1)
    waits = []
    for _ in range(5):
        time.sleep(0.05)
        began = time.monotonic()
        bench.hand_in()
        wait_for(lambda: all(entry.report for entry in bench.queue.entries.values()))
        waits.append(time.monotonic() - began)
    assert min(waits) < 0.1  # not the worst: that is the machine's, not the worker's


def test_slots_wait_until_the_engine_is_there(bench: Bench, crew: Crew) -> None:
    crew.engine.there = False
    crew.health.beat()
    crew.slots.start(1)
    entry = bench.hand_in()
    time.sleep(0.2)
    assert entry.endings == []
    crew.engine.there = True
    crew.health.beat()
    wait_for(lambda: entry.state is SubmissionState.DONE)


def test_a_slot_lives_on_after_a_failure_of_the_queue(
    bench: Bench, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = bench.hand_in()
    claim = bench.queue.claim
    failures = iter([RuntimeError("the database is locked")])

    def shaky(worker: str) -> object:
        for failure in failures:
            raise failure
        return claim(worker)

    monkeypatch.setattr(bench.queue, "claim", shaky)
    crew.health.beat()
    crew.slots.start(1)
    wait_for(lambda: entry.state is SubmissionState.DONE)


def test_who_is_told_to_stop_finishes_what_is_in_hand(bench: Bench, crew: Crew) -> None:
    begun, go_on = Event(), Event()

    def slow(exercise: Exercise, files: Mapping[str, str], watcher: Watcher) -> Report:
        begun.set()
        go_on.wait(5)
        return passes(exercise, files, watcher)

    bench.grade = slow
    first = bench.hand_in()
    crew.health.beat()
    crew.slots.start(1)
    assert begun.wait(5)
    second = bench.hand_in()
    crew.stopping.set()
    go_on.set()
    crew.stop()
    assert first.state is SubmissionState.DONE
    assert second.endings == []


def test_what_does_not_end_in_time_is_given_back_and_counts_no_try(
    bench: Bench, crew: Crew
) -> None:
    begun, go_on = Event(), Event()

    def endless(exercise: Exercise, files: Mapping[str, str], watcher: Watcher) -> Report:
        begun.set()
        go_on.wait(5)
        return passes(exercise, files, watcher)

    bench.grade = endless
    entry = bench.hand_in()
    crew.health.beat()
    crew.slots.start(1)
    assert begun.wait(5)
    crew.stop(patience=0.1)
    assert (entry.state, entry.tries) == (SubmissionState.QUEUED, 0)
    assert entry.endings == [Ending.STOPPED]
    go_on.set()
    wait_for(lambda: not crew.leases.held)
    assert entry.state is SubmissionState.QUEUED


def test_the_sign_of_life_says_whether_the_engine_is_there(
    crew: Crew, sessions: sessionmaker[Session]
) -> None:
    for there in (True, False, True):
        crew.engine.there = there
        crew.health.beat()
        with sessions() as session:
            row = session.scalars(select(WorkerStatus)).one()
        assert (row.engine_ok, row.detail) == (there, "" if there else "no socket")
    crew.health.farewell()
    with sessions() as session:
        assert session.scalars(select(WorkerStatus)).all() == []
