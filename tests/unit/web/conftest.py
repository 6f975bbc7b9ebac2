"""A real application on a migrated SQLite file, and a cast that has browsers of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from backyard import create_app
from backyard.accounts.models import Role, User
from backyard.accounts.services import register
from backyard.catalog.models import ExerciseRow, ExerciseVersion, Progress
from backyard.cohorts import services as cohorts
from backyard.cohorts.models import Cohort
from backyard.config import Settings
from backyard.db import Base, db, utcnow
from backyard.security import limiter
from backyard.setup import prepare
from backyard.submissions.models import Submission
from grader.exercise import Difficulty

Row = TypeVar("Row", bound=Base)
PASSWORD = "four quiet apple trees"
CAST = {
    "instructor": Role.INSTRUCTOR,  # owns the cohort
    "colleague": Role.INSTRUCTOR,
    "member": Role.LEARNER,  # of the cohort
    "stranger": Role.LEARNER,
}
TESTS = [
    {"id": "t.py::a", "title": "It adds", "points": 1, "visible": True, "source": "assert open()"},
    {"id": "t.py::b", "title": "It lists", "points": 2, "visible": False, "source": "secret()"},
]


@dataclass
class Browser:
    """Somebody's browser: keeps cookies, and sends the token of the page that it is on."""

    client: FlaskClient

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page. Redirects are not followed."""
        return self.client.get(path, **options)

    def post(self, path: str, **fields: str) -> TestResponse:
        """Send a form."""
        return self.client.post(path, data={"csrf_token": self.token(), **fields})

    def token(self) -> str:
        """The CSRF token of this browser's session."""
        page = self.client.get("/account", follow_redirects=True).text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found, page
        return found[1]

    def log_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        """Log in as people do."""
        return self.post("/login", name=name, password=password)


@dataclass
class Site:
    """The application as tests see it. `with site.app.app_context()` leads to the database."""

    app: Flask
    settings: Settings
    admin_password: str
    browsers: dict[str, Browser] = field(default_factory=dict)

    def nobody(self, **options: Any) -> Browser:
        """A new browser in which nobody is logged in."""
        client = self.app.test_client()
        client.environ_base.update(options)
        return Browser(client)

    def browser(self, name: str) -> Browser:
        """The browser of somebody of the cast or of the admin, logged in; the same each time."""
        if name not in self.browsers:
            self.browsers[name] = self.nobody()
            password = self.admin_password if name == "admin" else PASSWORD
            assert self.browsers[name].log_in(name, password).status_code == 302
        return self.browsers[name]

    def user(self, name: str) -> User:
        """Somebody's row as it is now."""
        with self.app.app_context():
            return db.session.scalars(select(User).where(User.username == name)).one()

    def exercise(self, exercise_id: str = "flask/books", **fields: Any) -> ExerciseRow:
        """Add an exercise of three points."""
        track, slug = exercise_id.split("/")
        good: dict[str, Any] = {
            "title": f"Title of {slug}",
            "summary": f"Summary of {slug}",
            "difficulty": Difficulty.EASY,
            "skills": ["http"],
            "points": 3,
            "statement": "# Title\n\nDo **it**.",
            "files": ["app.py"],
            "starter": {"app.py": "# the starter\n"},
            "hints": ["Look *closely*."],
            "tests": TESTS,
            "content_hash": "a" * 64,
        }
        return self.add(ExerciseRow(id=exercise_id, track=track, slug=slug, **good | fields))

    def version(self, number: int = 1, content: str = "a", **fields: Any) -> ExerciseVersion:
        """Add a version of flask/books; `content` stands for its content hash."""
        good: dict[str, Any] = {"exercise_id": "flask/books", "files": {}, "source": "site"}
        return self.add(ExerciseVersion(number=number, content_hash=content * 64, **good | fields))

    def progress(self, name: str, exercise_id: str, points: int, minute: int = 0) -> None:
        """What a verdict leaves: `points` of 3, reached `minute` minutes after the first hour."""
        reached = utcnow().replace(2026, 1, 1, 1, 0, 0, 0) + timedelta(minutes=minute)
        row = Progress(
            user_id=self.user(name).id,
            exercise_id=exercise_id,
            best_score=100 * points // 3,
            points=points,
            max_points=3,
            reached_at=reached,
            passed_at=reached if points == 3 else None,
            updated_at=reached,
        )
        self.add(row)

    def cohort(self, name: str = "Spring", owner: str = "instructor", *members: str) -> Cohort:
        """Make a cohort with members."""
        with self.app.app_context():
            cohort = cohorts.create(self.user(owner), name)
            for member in members:
                cohorts.join(self.user(member), cohort.code)
            return cohort

    def submission(self, name: str, exercise_id: str = "flask/books", **fields: Any) -> Submission:
        """Add a submission that waits."""
        good: dict[str, Any] = {"content_hash": "a" * 64, "files": {"app.py": "print(1)\n"}}
        return self.add(
            Submission(user_id=self.user(name).id, exercise_id=exercise_id, **good | fields)
        )

    def add(self, row: Row) -> Row:
        """Store a row."""
        with self.app.app_context():
            db.session.add(row)
            db.session.commit()
        return row


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An instance as `backyard setup` leaves it, with the cast; and the admin's password."""
    folder = tmp_path_factory.mktemp("prepared") / "instance"
    settings = Settings(instance=folder, exercises_dir=tmp_path_factory.mktemp("exercises"))
    said: list[str] = []
    prepare(settings, said.append)
    app = create_app(settings)
    with app.app_context():
        for name, role in CAST.items():
            register(name, f"{name}@example.org", PASSWORD, role)
        db.session.remove()
        db.engine.dispose()  # the last connection puts all that was written into the one file
    password = re.search(r"Password: (\S+)", "\n".join(said))
    assert password
    return folder, password[1]


Build = Callable[..., Site]


@pytest.fixture
def build(prepared: tuple[Path, str], tmp_path: Path) -> Iterator[Build]:
    """`build(public_url=…)` makes a site of its own, with settings of its own."""
    sites: list[Site] = []

    def make(**changes: Any) -> Site:
        folder = tmp_path / f"instance{len(sites)}"
        shutil.copytree(prepared[0], folder)
        settings = Settings(instance=folder, **changes)
        sites.append(Site(create_app(settings), settings, prepared[1]))
        return sites[-1]

    limiter.reset()
    yield make
    for site in sites:
        with site.app.app_context():
            db.engine.dispose()


@pytest.fixture
def site(build: Build) -> Site:
    """The application with the settings that it has without any."""
    return build()
