"""Exercises as they are in their folders now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from backyard.worker.shelf import Shelf
from grader.loading import BrokenExercise, load_unlocked, write_lock
from grader.verdict import Test

TESTS = (Test("test_books.py::test_a", "It adds."),)

TOML = """
title = "Books"
summary = "Keep books over HTTP."
difficulty = "intro"
skills = ["http"]
environment = "python"
files = ["app.py"]
[subject]
kind = "http"
app = "app:create_app"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small exercise, `flask/books`."""
    folder = tmp_path / "flask" / "books"
    files = {
        "exercise.toml": TOML,
        "README.md": "# Books\n",
        "starter/app.py": "",
        "tests/test_books.py": 'def test_a():\n    """It adds."""\n',
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    write_lock(folder, replace(load_unlocked(folder), tests=TESTS))
    return folder


def test_an_exercise_is_read_once(tmp_path: Path, folder: Path) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.get("flask/books") is shelf.get("flask/books")


def test_a_changed_exercise_is_read_anew(tmp_path: Path, folder: Path) -> None:
    shelf = Shelf(tmp_path)
    before = shelf.get("flask/books")
    (folder / "README.md").write_text("# Books, better told\n")
    after = shelf.get("flask/books")
    assert after.statement == "# Books, better told\n"
    assert after.content_hash != before.content_hash


def test_a_vanished_exercise_is_broken(tmp_path: Path) -> None:
    with pytest.raises(BrokenExercise, match="missing"):
        Shelf(tmp_path).get("flask/gone")


def test_an_exercise_that_breaks_is_broken_at_once(tmp_path: Path, folder: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.get("flask/books")
    (folder / "exercise.toml").write_text("title = ")
    with pytest.raises(BrokenExercise, match="not TOML"):
        shelf.get("flask/books")
