"""What a failed comparison says: enough to see the difference, and never much."""

from __future__ import annotations

import difflib
from typing import NoReturn

import pytest

from sandbox.runner.suite.explain import explain
from sandbox.runner.suite.recorder import Recorder
from sandbox.runner.suite.rows import Rows

HUGE = 5_000_000


@pytest.fixture(autouse=True)
def no_diff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing line by line takes minutes on long texts, so nothing may try."""

    def never(*_: object, **__: object) -> NoReturn:
        raise AssertionError("difflib was asked")

    monkeypatch.setattr(difflib.SequenceMatcher, "__init__", never)
    monkeypatch.setattr(difflib.Differ, "compare", never)


def test_short_values_are_shown_whole() -> None:
    assert explain("==", 404, 201) == ["404 == 201"]
    assert explain("in", "a", ["b", "c"]) == ["'a' in ['b', 'c']"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("a" * HUGE, "b" * HUGE),
        ("a\n" * HUGE, "b\n" * HUGE),
        (b"a" * HUGE, b"b"),
        ([*range(1_000_000)], []),
        (dict.fromkeys(range(100000), "x"), {}),
        ([["deep"] * 500] * 500, None),
        (10**4000, 0),
    ],
    ids=["texts", "lines", "bytes", "a list", "a dict", "nested lists", "a number"],
)
def test_huge_values_give_a_short_explanation(left: object, right: object) -> None:
    said = "\n".join(explain("==", left, right))
    assert said
    assert len(said) < 8_000


def test_a_list_that_holds_itself_is_explained_too() -> None:
    loop: list[object] = []
    loop.append(loop)
    assert len(explain("==", loop, [])[0]) < 1_000


def test_of_two_dicts_the_differing_keys_are_told() -> None:
    left, right = {"id": 1, "year": 1979, "more": 1}, {"id": 1, "year": "1979", "title": "x"}
    assert explain("==", left, right)[1:] == [
        "'year': 1979 != '1979'",
        "'more': 1 != (missing)",
        "'title': (missing) != 'x'",
    ]


def test_keys_are_told_for_equality_alone() -> None:
    assert len(explain("!=", {"a": 1}, {"a": 1})) == 1


def test_rows_say_how_they_differ() -> None:
    rows = Rows(("id",), [(1,)], "none", Recorder())
    assert rows != []
    assert explain("==", rows, [])[1] == "The result differs: 1 row is too many."
