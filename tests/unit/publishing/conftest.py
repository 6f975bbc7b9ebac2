"""A database, and folders of small exercises to publish from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow, ExerciseVersion
from backyard.db import Base
from backyard.publishing.outcome import Outcome
from backyard.publishing.run import Prove, Publisher
from backyard.publishing.tables import Origin
from backyard.worker.database import open_database
from grader.exercise import Exercise
from grader.gate import GateResult
from grader.gate.problem import Problem
from grader.loading import load_unlocked, write_lock
from tests.unit.grader.examples import FOLDER, TESTS


def proves(exercise: Exercise) -> GateResult:
    """A gate that everything passes."""
    return GateResult(replace(exercise, tests=TESTS), ())


def refuses(exercise: Exercise) -> GateResult:
    """A gate that finds two things."""
    return GateResult(
        exercise, (Problem("starter/", "It passes."), Problem("tests/", "It is empty."))
    )


@dataclass
class Press:
    """Publishes from a folder, as the tests want it."""

    sessions: sessionmaker[Session]
    root: Path
    told: list[Outcome] = field(default_factory=list)

    def write(
        self, exercise_id: str = "demo/small", *, checked: bool = True, **changes: str
    ) -> Path:
        """An exercise's folder; `changes` replace words of its exercise.toml."""
        folder = self.root / exercise_id
        for name, text in FOLDER.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        settings = folder / "exercise.toml"
        for old, new in changes.items():
            settings.write_text(settings.read_text().replace(old, new, 1))
        if checked:
            write_lock(folder, replace(load_unlocked(folder), tests=TESTS))
        return folder

    def allow(self, pattern: str) -> None:
        """The exercise's folder, which allows files of such names to be added."""
        own = 'files = ["app.py"]'
        changes = {own: f'{own}\nmay_add = ["{pattern}"]'}
        self.write(checked=True, **changes)

    def publish(self, prove: Prove | None = None, origin: Origin | None = None) -> dict[str, str]:
        """Publish all, and return what became of each in words."""
        publisher = Publisher(self.sessions, origin or Origin(), prove, self.told.append)
        outcomes = publisher.run(self.root)
        return {o.exercise_id: f"{o.words}: {o.reason}".strip(": ") for o in outcomes}

    def row(self, exercise_id: str = "demo/small") -> ExerciseRow:
        """An exercise as pages see it."""
        with self.sessions() as session:
            return session.get_one(ExerciseRow, exercise_id)

    def versions(self, exercise_id: str = "demo/small") -> list[ExerciseVersion]:
        """Its versions, oldest first."""
        wanted = select(ExerciseVersion).where(ExerciseVersion.exercise_id == exercise_id)
        with self.sessions() as session:
            return list(session.scalars(wanted.order_by(ExerciseVersion.number)))


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    """An empty database with one instructor, and an empty folder."""
    sessions = open_database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    Base.metadata.create_all(sessions.kw["bind"])
    with sessions.begin() as session:
        session.add(User(id=1, username="ada", email="ada@example.org", password_hash="x"))
    yield Press(sessions, tmp_path / "exercises")
    sessions.kw["bind"].dispose()
