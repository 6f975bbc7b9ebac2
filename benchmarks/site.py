"""A site to measure: a database file in a temporary folder, and a real worker process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

import docker
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from backyard.accounts.models import User
from backyard.db import Base
from backyard.publishing.tables import Origin, publish
from backyard.submissions.lifecycle import SubmissionState
from backyard.submissions.models import Submission
from backyard.worker.database import open_database
from grader.exercise import Exercise
from grader.loading import read_folder
from grader.verdict import Verdict
from sandbox.docker.walls import OWNER_LABEL

ROOT: Final = Path(__file__).parent.parent
USERS: Final = 60
SLOTS: Final = 2
LOOK: Final = 0.1
"""Seconds between two looks at the database or the engine, so that looking costs little."""

CALM: Final = 2.0
"""Seconds without a change of the pool, after which it is taken to be full."""


class Site:
    """Hands in an exercise's reference solution, and waits for the verdicts."""

    def __init__(self, sessions: sessionmaker[Session], exercise: Exercise, worker: int) -> None:
        self._sessions = sessions
        self._exercise = exercise
        self._worker = worker
        self._engine = docker.from_env()

    def hand_in(self, *users: int) -> list[str]:
        """Put one submission of each of `users` into the queue at once; return their ids."""
        rows = [
            Submission(
                user_id=user,
                exercise_id=self._exercise.id,
                content_hash="a" * 64,
                files=dict(self._exercise.accepted["reference"]),
            )
            for user in users
        ]
        with self._sessions.begin() as session:
            session.add_all(rows)
        return [row.id for row in rows]

    def waits(self, ids: list[str], limit: float = 120) -> list[float]:
        """Wait until all have passed; return the seconds from handing in to verdict of each.

        Raises RuntimeError when one does not pass, or not within `limit` seconds.
        """
        end = time.monotonic() + limit
        mine = select(Submission).where(Submission.id.in_(ids))
        done = select(func.count()).where(
            Submission.id.in_(ids), Submission.state == SubmissionState.DONE
        )
        while True:
            with self._sessions() as session:
                if session.scalar(done) == len(ids):
                    return [_wait_of(row) for row in session.scalars(mine)]
            if time.monotonic() > end:
                raise RuntimeError(f"no verdict within {limit:g} s")
            time.sleep(LOOK)

    def settle(self, limit: float = 60) -> None:
        """Wait until the worker's pool is full: its containers have stayed the same for a while."""
        end = time.monotonic() + limit
        before, since = self._containers(), time.monotonic()
        while time.monotonic() - since < CALM:
            time.sleep(5 * LOOK)
            if (now := self._containers()) != before:
                before, since = now, time.monotonic()
            if time.monotonic() > end:
                raise RuntimeError("the pool does not come to rest")

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()

    def _containers(self) -> set[str]:
        found = self._engine.api.containers(all=True, filters={"label": OWNER_LABEL})
        pid = str(self._worker)
        return {row["Id"] for row in found if row["Labels"][OWNER_LABEL].split("/")[-2] == pid}


def _wait_of(row: Submission) -> float:
    if row.verdict is not Verdict.PASSED or row.finished_at is None:
        raise RuntimeError(f"the reference is judged {row.verdict}: {row.message}")
    return (row.finished_at - row.created_at).total_seconds()


def typical(site: Site, rounds: int) -> float:
    """Median seconds from handing in to verdict where nothing else waits."""
    waits = []
    for _ in range(rounds):
        waits += site.waits(site.hand_in(1))
        site.settle()
    return median(waits)


@contextmanager
def site(exercise: Exercise) -> Iterator[Site]:
    """Give a site whose worker is up and has a full pool."""
    with tempfile.TemporaryDirectory(prefix="backyard-") as name:
        url = f"sqlite:///{Path(name) / 'backyard.sqlite3'}"
        sessions = open_database(url)
        _populate(sessions, exercise)
        with _worker(Path(name)) as process:
            found = Site(sessions, exercise, process.pid)
            try:
                found.waits(found.hand_in(1))
                found.settle()
                yield found
            finally:
                found.close()
                sessions.kw["bind"].dispose()


def _populate(sessions: sessionmaker[Session], exercise: Exercise) -> None:
    Base.metadata.create_all(sessions.kw["bind"])
    files = dict(read_folder(ROOT / "exercises" / exercise.id))
    with sessions.begin() as session:
        publish(session, exercise, files, Origin())
        for number in range(1, USERS + 1):
            address = f"learner{number}@example.org"
            session.add(
                User(id=number, username=f"learner{number}", email=address, password_hash="x")
            )


@contextmanager
def _worker(instance: Path) -> Iterator[subprocess.Popen[bytes]]:
    log = instance / "log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "backyard", "worker", "--slots", str(SLOTS)],
            cwd=ROOT,
            env=os.environ | {"BACKYARD_INSTANCE": str(instance)},
            stderr=stream,
            stdout=stream,
        )
    try:
        yield process
    except RuntimeError as error:
        raise RuntimeError(f"{error}. The worker said:\n{log.read_text()[-4000:]}") from None
    finally:
        process.terminate()
        process.wait(40)
