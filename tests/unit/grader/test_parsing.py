"""Exercises made of texts from anywhere, and lists of tests that are read with care."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.loading import LOCK, BrokenExercise, load_exercise, read_folder
from grader.parsing import lock_text, parse, parse_published
from tests.unit.grader.examples import FIRST, SECOND
from tests.unit.grader.test_loading import broken, locked


def test_the_same_files_from_anywhere_are_the_same_exercise(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    assert parse("demo", "small", read_folder(folder)) == load_exercise(folder)


def test_a_published_exercise_is_taken_at_its_word(tmp_path: Path) -> None:
    """Another Backyard, which computed another proof, may have checked it."""
    files = read_folder(locked(tmp_path))
    lock = json.loads(files[LOCK]) | {"checked": "0" * 64}
    exercise = parse_published("demo", "small", files | {LOCK: json.dumps(lock)})
    assert [test.id for test in exercise.tests] == [FIRST, SECOND]
    assert lock_text(exercise) == files[LOCK]


@pytest.mark.parametrize(
    "change",
    [
        {"points": "7"}, {"points": 0}, {"points": True}, {"points": 1.5}, {"title": None},
        {"id": 7}, {"visible": "yes"}, {"title": "\ud800"}, {"source": "def test(): ..."},
    ],
    ids=str,
)  # fmt: skip
def test_a_list_that_says_odd_things_of_a_test_is_refused(
    tmp_path: Path, change: dict[str, object]
) -> None:
    folder = locked(tmp_path)
    lock = json.loads((folder / LOCK).read_text())
    lock["tests"][0] |= change
    (folder / LOCK).write_text(json.dumps(lock))
    assert f"{LOCK} can't be read" in broken(folder)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("exercise.toml", "x = " + "[" * 100_000),
        (LOCK, "[" * 100_000),
        ("tests/test_it.py", "(" * 1_000),
        ("tests/test_it.py", "-" * 100_000 + "1"),
        ("tests/test_it.py", "\0"),
    ],
    ids=["toml", "list", "brackets", "signs", "nul"],
)
def test_what_nobody_can_read_is_broken_and_nothing_worse(
    tmp_path: Path, name: str, text: str
) -> None:
    files = read_folder(locked(tmp_path)) | {name: text}
    with pytest.raises(BrokenExercise):
        parse_published("demo", "small", files)
