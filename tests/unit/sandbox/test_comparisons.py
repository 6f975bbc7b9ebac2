"""A failed comparison is told key by key, within bounds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox.runner.suite.comparison import DIFFERENCES, TEXT, comparison
from sandbox.runner.suite.explain import explain
from sandbox.runner.suite.recorder import Recorder
from sandbox.runner.suite.rows import Rows


def told(left: object, right: object, op: str = "==") -> dict[str, Any]:
    found = comparison(op, left, right)
    assert found is not None
    return found


def differences(left: object, right: object) -> list[list[str | None]]:
    found: list[list[str | None]] = told(left, right)["differences"]
    return found


def test_both_sides_are_told() -> None:
    found = told(500, 400)
    assert (found["got"], found["op"], found["expected"]) == ("500", "==", "400")
    assert found["differences"] == []


def test_keys_are_told_that_differ_are_missing_or_too_many() -> None:
    got = {"title": "Kindred", "year": "1979", "shelf": 3}
    assert differences(got, {"title": "Kindred", "year": 1979, "author": "Butler"}) == [
        ["shelf", None, "3"],
        ["year", "1979", "'1979'"],
        ["author", "'Butler'", None],
    ]


def test_a_place_inside_is_told_by_its_path() -> None:
    got = {"errors": [{"field": "year"}]}
    assert differences(got, {"errors": [{"field": "title"}, {"field": "year"}]}) == [
        ["errors[0].field", "'title'", "'year'"],
        ["errors[1]", "{'field': 'year'}", None],
    ]


def test_sets_are_told_by_what_is_missing_and_what_is_too_much() -> None:
    assert differences({"id", "name"}, {"id", "title"}) == [
        ["", "'title'", None],
        ["", None, "'name'"],
    ]


def test_other_operators_have_no_differences() -> None:
    assert told({"a": 1}, {"a": 1}, "!=")["differences"] == []


def test_rows_tell_of_themselves() -> None:
    rows = Rows(["a"], [(1,)], "none", Recorder())
    assert comparison("==", rows, []) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({str(n): "x" * 10_000 for n in range(10_000)}, {}),
        ([["y" * 500] * 500] * 500, [["z" * 500] * 500] * 500),
        ({"k" * 100_000: 1}, {"k" * 100_000: 2}),
    ],
)
def test_what_is_told_is_bounded(left: object, right: object) -> None:
    found = told(left, right)
    assert len(found["differences"]) <= DIFFERENCES
    assert sum(len(part or "") for one in found["differences"] for part in one) <= TEXT
    assert len(json.dumps(found)) < 30_000


def test_a_value_that_holds_itself_is_no_danger() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert isinstance(told(loop, [[1]])["differences"], list)


def test_no_more_is_told_than_the_message_shows() -> None:
    """Learners read it of hidden tests too: what is deep or far behind stays untold."""
    deep: Any = "secret"
    for _ in range(6):
        deep = {"in": deep}
    far = ["same"] * 20
    for left, right in (({"a": 1}, {"a": deep}), (far, [*far[:15], "secret", *far[16:]])):
        assert "secret" not in "\n".join(explain("==", left, right))
        assert "secret" not in json.dumps(told(left, right))
    texts = {"a": "x" * 400 + "secret" + "x" * 400}
    assert "secret" not in json.dumps(told({"a": ""}, texts))
