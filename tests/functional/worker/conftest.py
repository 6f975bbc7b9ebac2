"""A place to run real workers in: an instance folder, a slow exercise, processes, real Docker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docker
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from backyard.accounts.models import User
from backyard.db import Base
from backyard.publishing.run import Publisher
from backyard.publishing.tables import Origin
from backyard.submissions.models import Attempt, Submission, TestResultRow
from backyard.worker.database import open_database
from grader.loading import load_unlocked, write_lock
from grader.verdict import Test

ROOT = Path(__file__).resolve().parents[3]
EXERCISE = "flask/slow"
TESTS = 8
PAUSE = 0.4

TOML = """
title = "Slow"
summary = "An exercise whose tests take their time."
difficulty = "intro"
skills = ["http"]
environment = "python"
files = ["app.py"]
[subject]
kind = "http"
app = "app:create_app"
[limits]
seconds = 60
test_seconds = 20
"""

TEST = '''
def test_{number}(client):
    """Number {number} answers."""
    time.sleep({pause})
    assert client.get("/").text == "hello"
'''

SOLUTION = """
from flask import Flask

def create_app():
    app = Flask(__name__)
    app.get("/")(lambda: "hello")
    return app
"""


def wait_for(condition: Callable[[], Any], seconds: float, what: str) -> None:
    """Wait until `condition` holds; fail, saying `what` did not happen, when it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen within {seconds} s"
        time.sleep(0.02)


def write_exercise(root: Path, count: int = TESTS, pause: float = PAUSE) -> None:
    """Make the exercise's folder, with its list of tests, each of which takes `pause` seconds."""
    tests = "".join(TEST.format(number=number, pause=pause) for number in range(count))
    listed = tuple(
        Test(f"test_slow.py::test_{number}", f"Number {number} answers.") for number in range(count)
    )
    files = {
        "exercise.toml": TOML,
        "README.md": "# Slow\n",
        "starter/app.py": "",
        "tests/test_slow.py": f"import time\n{tests}",
    }
    for name, text in files.items():
        path = root / EXERCISE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    write_lock(root / EXERCISE, replace(load_unlocked(root / EXERCISE), tests=listed))


@dataclass
class Place:
    """An instance folder with a database; starts processes and ends them all at last."""

    folder: Path
    sessions: sessionmaker[Session]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(
        self, *arguments: str, module: str = "backyard", **environment: str
    ) -> subprocess.Popen[bytes]:
        """Start `backyard ARGUMENTS…` here; what it logs goes to the file `log`."""
        ours = {
            "BACKYARD_INSTANCE": str(self.folder),
            "BACKYARD_EXERCISES_DIR": str(self.folder / "exercises"),
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=ROOT,
                env=os.environ | ours | environment,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def worker(
        self, slots: int = 2, module: str = "backyard", **environment: str
    ) -> subprocess.Popen[bytes]:
        """A worker, ready to work."""
        before = self.log_text().count("worker is ready")
        process = self.start("worker", "--slots", str(slots), module=module, **environment)
        wait_for(lambda: self.log_text().count("worker is ready") > before, 60, "a worker's start")
        return process

    @property
    def log(self) -> Path:
        """What all processes have said."""
        return self.folder / "log"

    def log_text(self) -> str:
        """The same, read."""
        return self.log.read_text() if self.log.exists() else ""

    def hand_in(self, user_id: int = 1, text: str = SOLUTION, content_hash: str = "a" * 64) -> str:
        """A submission in the queue, for a version that there never was unless one is named;
        returns its id."""
        row = Submission(
            user_id=user_id,
            exercise_id=EXERCISE,
            content_hash=content_hash,
            files={"app.py": text},
        )
        with self.sessions.begin() as session:
            session.add(row)
        return row.id

    def submission(self, submission_id: str) -> Submission:
        """The row as it is now."""
        with self.sessions() as session:
            return session.get_one(Submission, submission_id)

    def attempts(self, submission_id: str) -> list[Attempt]:
        """Our attempts at it, oldest first."""
        wanted = select(Attempt).where(Attempt.submission_id == submission_id)
        with self.sessions() as session:
            return list(session.scalars(wanted.order_by(Attempt.number)))

    def results(self, attempt: Attempt) -> list[TestResultRow]:
        """What has come in of an attempt's tests."""
        wanted = select(TestResultRow).where(TestResultRow.attempt_id == attempt.id)
        with self.sessions() as session:
            return list(session.scalars(wanted.order_by(TestResultRow.position)))

    def await_results(self, submission_id: str, count: int) -> None:
        """Wait until `count` tests of its latest attempt have come in."""

        def enough() -> bool:
            attempts = self.attempts(submission_id)
            return bool(attempts) and len(self.results(attempts[-1])) >= count

        wait_for(enough, 60, f"{count} tests' results")

    def await_verdict(self, *submission_ids: str, seconds: float = 120) -> None:
        """Wait until all of them are done."""
        wait_for(
            lambda: all(self.submission(name).is_done for name in submission_ids),
            seconds,
            "the verdict",
        )

    def close(self) -> None:
        """End whatever still runs."""
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def sandboxes_of(pid: int) -> list[str]:
    """The ids of the containers that the process `pid` has made, whether it lives or not."""
    client = docker.from_env().api
    try:
        found = client.containers(all=True, filters={"label": "backyard.owner"})
        owners = {row["Id"]: row["Labels"]["backyard.owner"].split("/") for row in found}
        return [name for name, owner in owners.items() if owner[-2] == str(pid)]
    finally:
        client.close()


@contextmanager
def furnished(folder: Path, count: int = TESTS, pause: float = PAUSE) -> Iterator[Place]:
    """An instance with three learners and the slow exercise; nothing runs yet."""
    write_exercise(folder / "exercises", count, pause)
    (folder / "secret_key").write_text("0123456789abcdef" * 4)
    sessions = open_database(f"sqlite:///{folder / 'backyard.sqlite3'}")
    Base.metadata.create_all(sessions.kw["bind"])
    with sessions.begin() as session:
        for number, name in enumerate(("owner", "member", "stranger"), start=1):
            address = f"{name}@example.org"
            session.add(User(id=number, username=name, email=address, password_hash="x"))
    Publisher(sessions, Origin()).run(folder / "exercises")
    place = Place(folder, sessions)
    try:
        yield place
    finally:
        place.close()
        sessions.kw["bind"].dispose()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """The same for one test."""
    with furnished(tmp_path) as place:
        yield place
