"""What should come before an exercise: it is there, and nothing comes before itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.exercise import Exercise
from grader.gate.folder import read
from grader.loading import load_exercise, load_unlocked, prerequisites, write_lock
from tests.unit.grader.examples import TOML, in_folder


def catalogue(root: Path, **after: str) -> Path:
    """Exercises demo/<name> whose `after` is as given; demo/small's folder comes back."""
    for name, value in after.items():
        text = TOML.replace('skills = ["http"]', f'skills = ["http"]\nafter = {value}')
        in_folder(root / "made", {"exercise.toml": text}).rename(root / "made" / "demo" / "kept")
        target = root / "demo" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (root / "made" / "demo" / "kept").rename(target)
    return root / "demo" / "small"


def problems(folder: Path) -> list[str]:
    found = read(folder)
    assert not isinstance(found, Exercise)
    return [str(problem) for problem in found]


def test_what_is_in_the_same_folder_may_come_before(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, small='["demo/first", "demo/second"]', first="[]", second="[]")
    found = read(folder)
    assert isinstance(found, Exercise)
    assert found.metadata.after == ("demo/first", "demo/second")


def test_what_is_not_there_is_a_slip(tmp_path: Path) -> None:
    assert problems(catalogue(tmp_path, small='["demo/frist"]', first="[]")) == [
        "exercise.toml: `after` names demo/frist, which is not among these exercises. "
        "Look for a slip in it, or take it out."
    ]


def test_nothing_comes_before_itself(tmp_path: Path) -> None:
    assert problems(catalogue(tmp_path, small='["demo/small"]')) == [
        "exercise.toml: `after` names the exercise itself. Take it out."
    ]


def test_a_circle_is_told_with_all_that_are_on_it(tmp_path: Path) -> None:
    folder = catalogue(
        tmp_path, small='["demo/first"]', first='["demo/second"]', second='["demo/small"]'
    )
    assert problems(folder) == [
        "exercise.toml: `after` goes round in a circle: demo/small comes after demo/first comes "
        "after demo/second comes after demo/small. One of them has to be the first: take it out "
        "there."
    ]


def test_a_circle_of_others_is_told_to_them_alone(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, small='["demo/a"]', a='["demo/b"]', b='["demo/a"]')
    assert isinstance(read(folder), Exercise)
    assert len(problems(tmp_path / "demo" / "a")) == 1


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ('["small"]', "`after.0`: String should match pattern"),
        ('["demo/a", "demo/a"]', "`after` names an exercise twice"),
        ('"demo/a"', "`after`: Input should be a valid tuple"),
    ],
    ids=["no track", "twice", "no list"],
)
def test_what_is_no_list_of_exercises_is_refused(tmp_path: Path, value: str, told: str) -> None:
    [problem] = problems(catalogue(tmp_path, small=value, a="[]"))
    assert told in problem


@pytest.mark.parametrize("text", ["after = [", 'after = "demo/a"', "\x00"])
def test_an_exercise_that_can_not_be_read_stands_in_nobodys_way(tmp_path: Path, text: str) -> None:
    folder = catalogue(tmp_path, small='["demo/a"]', a="[]")
    (tmp_path / "demo" / "a" / "exercise.toml").write_text(text)
    assert prerequisites(tmp_path) == {"demo/a": (), "demo/small": ("demo/a",)}
    assert isinstance(read(folder), Exercise)


def test_the_list_of_tests_stays_valid_when_what_comes_before_changes(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, small="[]", a="[]")
    write_lock(folder, load_unlocked(folder))
    before = load_exercise(folder)
    settings = folder / "exercise.toml"
    settings.write_text(settings.read_text().replace("after = []", 'after = ["demo/a"]'))
    after = load_exercise(folder)
    assert after.metadata.after == ("demo/a",)
    assert after.content_hash != before.content_hash  # so that pages get to know it
