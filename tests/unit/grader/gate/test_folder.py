"""Folders that the gate reads, and what it says of those that hold no exercise."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.exercise import Exercise
from grader.gate.folder import read
from tests.unit.grader.examples import TOML, in_folder

Changes = dict[str, str | None]


def problems(root: Path, changes: Changes) -> list[str]:
    found = read(in_folder(root, changes))
    assert not isinstance(found, Exercise)
    return [str(problem) for problem in found]


def test_a_sound_folder_is_an_exercise(tmp_path: Path) -> None:
    found = read(in_folder(tmp_path))
    assert isinstance(found, Exercise)
    assert found.id == "demo/small"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title =", "titel =", "exercise.toml:2: `titel` is no key of an exercise."),
        ('title = "An exercise"', "", "exercise.toml: `title` is missing. Add it."),
        ('kind = "http"', "", "exercise.toml:9: `subject.kind` is missing."),
        ("seconds = 5", 'seconds = "five"', "exercise.toml:14: `limits.seconds`: Input should be"),
        ("seconds = 5", "seconds = 5\ntests = 3", "exercise.toml:15: `limits.tests` is no key"),
        (
            'fails = ["test_it.py::test_second"]',
            "fails = [1]",
            "exercise.toml:17: `wrong.lazy",
        ),
        ("seconds = 5", "seconds = ", "exercise.toml:14: This is not TOML: "),
        ('difficulty = "easy"', 'difficulty = "eazy"', "exercise.toml:4: `difficulty`: Input"),
    ],
)
def test_what_is_wrong_in_exercise_toml_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    changed = TOML.replace(old, new)
    assert changed != TOML
    assert [p for p in problems(tmp_path, {"exercise.toml": changed}) if p.startswith(told)]


def test_every_wrong_key_is_told_at_once(tmp_path: Path) -> None:
    changed = TOML.replace("title", "titel").replace("summary", "sumary")
    assert len(problems(tmp_path, {"exercise.toml": changed})) == 4


def test_the_table_of_one_name_that_is_meant_is_told(tmp_path: Path) -> None:
    two = '\n[[equivalent]]\nchange = "x"\nreason = "It is the same thing."\n' * 2
    changed = (TOML + two).replace('change = "x"\n', "", 1)
    [missing] = problems(tmp_path, {"exercise.toml": changed})
    assert missing.startswith("exercise.toml:19: `equivalent.0.change` is missing.")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"starter/app.py": None, "starter/main.py": ""},
         ["starter/app.py: It is missing, but `files` in exercise.toml lists it.",
          "starter/main.py: It is here, but `files` in exercise.toml does not list it."]),
        ({"solutions/wrong/lazy/notes.txt": ""}, ["solutions/wrong/lazy/notes.txt: It is here"]),
        ({"solutions/acepted/good/app.py": ""},
         ["solutions/acepted/good/app.py: This file belongs to nothing"]),
        ({"hints/two.md": ""}, ["hints/two.md: This file belongs to nothing"]),
        ({"README.md": None}, [".: README.md is missing."]),
    ],
)  # fmt: skip
def test_files_that_are_missing_or_belong_to_nothing_are_told(
    tmp_path: Path, changes: Changes, told: list[str]
) -> None:
    found = problems(tmp_path, changes)
    assert len(found) == len(told)
    assert all(a.startswith(b) for a, b in zip(found, told, strict=True)), found


def test_what_python_leaves_behind_is_nobodys_business(tmp_path: Path) -> None:
    folder = in_folder(tmp_path, {"tests/__pycache__/x.pyc": "", ".pytest_cache/README.md": ""})
    assert isinstance(read(folder), Exercise)


def test_solutions_may_have_what_learners_may_add_and_the_starter_may_not(tmp_path: Path) -> None:
    changes: Changes = {
        "exercise.toml": TOML.replace("[subject]", 'may_add = ["*.py"]\n\n[subject]'),
        "starter/more.py": "",
        "solutions/accepted/reference/more.py": "",
        "solutions/wrong/lazy/more.sql": "",
    }
    assert problems(tmp_path, changes) == [
        "solutions/wrong/lazy/more.sql: It is here, but `files` in exercise.toml does not list it, "
        "and `may_add` does not allow it. Remove it, or add it to `files`.",
        "starter/more.py: It is here, but `files` in exercise.toml does not list it. Remove it, or "
        "add it to `files`.",
    ]
