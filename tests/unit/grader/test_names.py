"""Which names the files of a submission may have. The editor is held to the same cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.names import Wanted

CASES: dict[str, Any] = json.loads(Path(__file__).with_name("names.json").read_text())
WANTED = Wanted(tuple(CASES["files"]), tuple(CASES["may_add"]))


def refusal(*added: str, wanted: Wanted = WANTED) -> str | None:
    return wanted.refusal((*wanted.files, *added))


@pytest.mark.parametrize("added", CASES["taken"], ids=str)
def test_what_fits_is_taken(added: list[str]) -> None:
    assert refusal(*added) is None


@pytest.mark.parametrize("added", CASES["refused"], ids=lambda added: str(added)[:40])
def test_what_does_not_fit_is_refused_with_a_sentence(added: list[str]) -> None:
    assert (refusal(*added) or "").endswith(".")


def test_a_name_that_is_not_taken_is_told_with_those_that_are() -> None:
    said = Wanted(("app.py",), ("*.py", "t/*.html")).refusal(["app.py", "x.sql"])
    assert said == (
        "'x.sql' is not a file of this exercise. It takes: app.py, and more files that are named "
        "like *.py or t/*.html."
    )


def test_the_exercises_own_files_have_to_be_there() -> None:
    said = Wanted(("app.py",), ("*.py",)).refusal(["more.py"])
    assert said == "Missing: app.py. Send every file of the exercise."


@pytest.mark.parametrize(
    ("added", "words"),
    [
        ("App.py", "App.py differ in upper and lower case only"),
        ("app.py/x", "app.py is a file, so app.py/x can't be in a folder of its name"),
        ("APP.PY/x", "app.py is a file, so APP.PY/x can't be"),
        ("lib", "lib is a file, so lib/models.py can't be"),
        ("app/__init__.py", "Python would take app/__init__.py in place of app.py"),
        ("Lib/x.py", "are in folders that differ in upper and lower case only"),
        ("LIB/deep/x.py", "are in folders that differ in upper and lower case only"),
    ],
)
def test_names_that_stand_in_each_others_way_are_refused(added: str, words: str) -> None:
    wanted = Wanted(tuple(CASES["files"]), ("*", "*/*", "*/*/*"))
    assert words in (refusal(added, wanted=wanted) or "")


def test_folders_in_folders_that_differ_by_case_alone_are_refused() -> None:
    wanted = Wanted(("a/b/c.py",), ("*/*/*", "*/*"))
    assert "in folders that differ" in (refusal("a/B/d.py", wanted=wanted) or "")
    assert refusal("a/x/B.py", "b/B/c.py", "a/c.py", wanted=wanted) is None


@pytest.mark.parametrize("files", [("app.py", "App.py"), ("lib/a.py", "Lib/b.py"), ("a", "a/b")])
def test_the_exercises_own_files_are_never_the_learners_mistake(files: tuple[str, ...]) -> None:
    assert Wanted(files, ("*.py",)).refusal([*files, "more.py"]) is None


def test_twenty_files_are_taken_and_no_more() -> None:
    names = [f"test_{number}" for number in range(19)]
    assert refusal(*names[:18]) is None
    assert refusal(*names) == "These are 21 files; at most 20 are allowed."


def test_a_name_of_120_characters_is_taken_and_no_longer_one() -> None:
    assert WANTED.takes("x" * 117 + ".py")
    assert not WANTED.takes("x" * 118 + ".py")


def test_own_files_come_first_then_those_added_in_the_order_that_they_were_sent() -> None:
    sent = {"z.py": "1", "lib/models.py": "2", "a.py": "3", "app.py": "4", "gone.sql": "5"}
    assert list(WANTED.in_order(sent)) == ["app.py", "lib/models.py", "z.py", "a.py"]


def test_the_hardest_pattern_takes_no_time() -> None:
    wanted = Wanted((), ("/".join(["*a"] * 40),))
    assert not wanted.takes("/".join(["aaaa"] * 23) + "/b")
