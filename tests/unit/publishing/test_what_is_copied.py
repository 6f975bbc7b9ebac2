"""What the pages of an exercise have of its folder, and what they must not have."""

from __future__ import annotations

from backyard.catalog.models import ExerciseRow
from grader.exercise import Difficulty
from grader.names import Wanted
from tests.unit.publishing.conftest import Press


def test_what_pages_need_is_copied(press: Press) -> None:
    press.write()
    assert press.publish() == {"demo/small": "published as version 1"}
    row = press.row()
    assert (row.title, row.points, row.difficulty) == ("An exercise", 4, Difficulty.EASY)
    assert (row.files, row.starter) == (["app.py"], {"app.py": "# start here\n"})
    assert row.hints == ["Think.\n", "Think again.\n"]
    assert [test["title"] for test in row.tests] == ["The first.", "The second."]
    assert row.is_open


def test_neither_hidden_tests_nor_solutions_come_near_the_pages_of_learners(press: Press) -> None:
    press.write()
    press.publish()
    row = press.row()
    everything = str([getattr(row, column.key) for column in ExerciseRow.__table__.columns])
    assert "def test_second" not in everything
    assert "# right" not in everything


def test_what_learners_may_add_is_published_with_the_files(press: Press) -> None:
    press.allow("*.py")
    press.publish()
    assert press.row().wanted == Wanted(("app.py",), ("*.py",))
