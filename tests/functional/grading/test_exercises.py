"""The exercises that come with Backyard: what the gate once saw holds in the sandbox of today."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from grader.grading import Grader
from grader.loading import exercise_folders, load_exercise
from grader.verdict import Verdict
from sandbox.pool import Pool

FOLDERS: Final = exercise_folders(Path(__file__).resolve().parents[3] / "exercises")


def test_none_has_changed_since_it_was_proved() -> None:
    assert [load_exercise(folder).id for folder in FOLDERS.values()] == list(FOLDERS)
    assert len(FOLDERS) >= 16


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_its_answers_pass_and_its_starter_does_not(folder: Path, pool: Pool) -> None:
    exercise, grader = load_exercise(folder), Grader(pool)
    for name, files in exercise.accepted.items():
        report = grader.grade(exercise, files)
        failed = [f"{test.id}: {test.message}" for test in report.tests if test.message]
        assert report.verdict is Verdict.PASSED, f"{name}: {report.message} {failed}"
    assert grader.grade(exercise, exercise.starter).verdict is Verdict.FAILED
