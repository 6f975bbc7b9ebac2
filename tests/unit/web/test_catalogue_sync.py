"""Copying the exercises' folders into the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from backyard.catalog.loading import Changes, sync
from backyard.catalog.models import ExerciseRow
from backyard.db import db
from grader.exercise import Difficulty, Exercise, Metadata
from grader.loading import Catalog
from grader.verdict import Test
from tests.unit.web.conftest import Site


def an_exercise(slug: str = "books", difficulty: str = "easy", title: str = "Books") -> Exercise:
    metadata = Metadata.model_validate(
        {
            "title": title,
            "summary": "A summary of it.",
            "difficulty": difficulty,
            "skills": ["http"],
            "environment": "python",
            "files": ["app.py"],
            "subject": {"kind": "http", "app": "app:create_app"},
        }
    )
    return Exercise(
        track="flask",
        slug=slug,
        metadata=metadata,
        statement="# Books",
        starter={"app.py": "# here\n"},
        suite={"test_a.py": "secret"},
        tests=(
            Test("test_a.py::a", "It adds", 2, True, "source"),
            Test("test_a.py::b", "It lists"),
        ),
        hints=("One", "Two"),
        accepted={"reference": {"app.py": "the answer"}},
        wrong={},
        content_hash=slug.ljust(64, "0"),
    )


@pytest.fixture(autouse=True)
def context(site: Site) -> Iterator[None]:
    """The database at hand."""
    with site.app.app_context():
        yield


def load(*exercises: Exercise, **broken: str) -> Changes:
    """Copy these into the table, and forget what the session holds."""
    reasons = {f"flask/{slug}": reason for slug, reason in broken.items()}
    changes = sync(Catalog({exercise.id: exercise for exercise in exercises}, reasons))
    db.session.expunge_all()
    return changes


def row(slug: str = "books") -> ExerciseRow:
    return db.session.get_one(ExerciseRow, f"flask/{slug}")


def test_what_pages_need_is_copied() -> None:
    assert load(an_exercise()).added == ("flask/books",)
    assert (row().title, row().points, row().difficulty) == ("Books", 3, Difficulty.EASY)
    assert (row().files, row().starter, row().hints) == (
        ["app.py"],
        {"app.py": "# here\n"},
        ["One", "Two"],
    )
    assert [test["title"] for test in row().tests] == ["It adds", "It lists"]
    assert row().is_open


def test_neither_suite_nor_solutions_come_near_the_web() -> None:
    load(an_exercise())
    everything = str([getattr(row(), column.key) for column in ExerciseRow.__table__.columns])
    assert "secret" not in everything
    assert "the answer" not in everything


def test_a_second_time_changes_nothing() -> None:
    load(an_exercise())
    assert load(an_exercise()) == Changes((), (), (), {})


def test_what_changed_is_copied_again() -> None:
    load(an_exercise())
    newer = replace(an_exercise(title="More books"), content_hash="f" * 64)
    assert load(newer).changed == ("flask/books",)
    assert (row().title, row().content_hash) == ("More books", "f" * 64)


def test_an_exercise_whose_folder_is_gone_is_retired_and_kept() -> None:
    load(an_exercise())
    assert load().retired == ("flask/books",)
    assert row().retired
    assert load().retired == ()


def test_an_exercise_that_comes_back_is_open_again() -> None:
    load(an_exercise())
    load()
    assert load(an_exercise()).changed == ("flask/books",)
    assert row().is_open


def test_an_exercise_that_broke_keeps_its_last_good_content() -> None:
    load(an_exercise())
    assert load(books="README.md is missing.").broken == {"flask/books": "README.md is missing."}
    assert (row().title, row().broken_reason) == ("Books", "README.md is missing.")
    assert not row().is_open
    load(an_exercise())
    assert row().is_open


def test_an_exercise_that_was_never_sound_is_there_for_its_author() -> None:
    load(half="exercise.toml is not TOML.")
    assert (row("half").title, row("half").broken_reason) == (
        "flask/half",
        "exercise.toml is not TOML.",
    )


def test_the_easiest_come_first() -> None:
    load(
        an_exercise("a", "hard", "Alpha"),
        an_exercise("b", "intro", "Zeta"),
        an_exercise("c", "intro", "Beta"),
    )
    order = sorted((row(slug).position, slug) for slug in "abc")
    assert [slug for _, slug in order] == ["c", "b", "a"]
