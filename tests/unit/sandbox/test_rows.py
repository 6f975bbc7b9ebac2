"""A query's rows against what was expected, under each order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sandbox.runner.suite.recorder import ROWS, Recorder
from sandbox.runner.suite.rows import Order, Row, Rows

ADA, BEN, CHEN = (1, "Ada"), (2, "Ben"), (2, "Chen")
ORDERS: list[Order] = ["none", "exact", ("place",)]


def rows(*given: Sequence[Any], order: Order = "none", recorder: Recorder | None = None) -> Rows:
    """The rows of a query for place and name."""
    return Rows(("place", "name"), [tuple(row) for row in given], order, recorder or Recorder())


@pytest.mark.parametrize("order", ORDERS)
def test_the_same_rows_in_the_same_order_are_equal(order: Order) -> None:
    assert rows(ADA, BEN, CHEN, order=order) == [ADA, BEN, CHEN]


@pytest.mark.parametrize("order", ORDERS)
def test_a_missing_row_is_never_equal(order: Order) -> None:
    found = rows(ADA, BEN, order=order)
    assert not found == [ADA, BEN, CHEN]  # noqa: SIM201  # `==` is what is tested
    assert found.difference == "The result differs: 1 row is missing."


@pytest.mark.parametrize("order", ORDERS)
def test_a_row_too_many_is_never_equal(order: Order) -> None:
    found = rows(ADA, BEN, CHEN, CHEN, order=order)
    assert found != [ADA, BEN]
    assert found.difference == "The result differs: 2 rows are too many."


@pytest.mark.parametrize("order", ORDERS)
def test_a_row_counts_as_often_as_it_comes(order: Order) -> None:
    assert rows(ADA, ADA, order=order) != [ADA]
    assert rows(ADA, order=order) != [ADA, ADA]
    assert rows(ADA, ADA, BEN, order=order) != [ADA, BEN, BEN]


def test_without_an_order_rows_may_stand_anywhere() -> None:
    assert rows(CHEN, ADA, BEN) == [ADA, BEN, CHEN]


def test_an_exact_order_is_held_row_by_row() -> None:
    found = rows(ADA, CHEN, BEN, order="exact")
    assert found != [ADA, BEN, CHEN]
    assert found.difference == "The rows are right, their order is not."


def test_an_order_by_columns_lets_rows_of_one_key_change_places() -> None:
    assert rows(ADA, CHEN, BEN, order=("place",)) == [ADA, BEN, CHEN]


def test_an_order_by_columns_is_held_between_keys() -> None:
    found = rows(BEN, ADA, CHEN, order=("place",))
    assert found != [ADA, BEN, CHEN]
    assert found.difference == "The rows are right, but not in order of place."


def test_an_order_by_a_column_that_is_not_there_is_told_in_words() -> None:
    found = Rows(("rang", "name"), [ADA, BEN], ("place",), Recorder())
    assert found != [ADA, BEN]
    assert found.difference == "The rows are right, but no column is called place."


def test_an_order_by_two_columns_holds_both() -> None:
    assert rows(ADA, BEN, CHEN, order=("place", "name")) == [ADA, BEN, CHEN]
    assert rows(ADA, CHEN, BEN, order=("place", "name")) != [ADA, BEN, CHEN]


def test_no_rows_equal_no_rows_alone() -> None:
    assert rows() == []
    assert rows() != [ADA]
    assert rows(ADA) != []


def test_rows_may_be_given_as_lists() -> None:
    assert rows(ADA) == [list(ADA)]


def test_values_are_equal_as_python_says() -> None:
    assert rows((1, Decimal("2.50"))) == [(1, 2.5)]
    assert rows((1, None)) == [(1, None)]
    assert rows((1, None)) != [(1, "")]
    assert rows((1, "1")) != [(1, 1)]
    assert rows((1, date(2026, 1, 1))) == [(1, date(2026, 1, 1))]


def test_json_and_arrays_can_be_compared() -> None:
    assert rows((1, {"a": [1]}), (2, [1, 2])) == [(2, [1, 2]), (1, {"a": [1]})]
    assert rows((1, {"a": [1]})) != [(1, {"a": [2]})]


def test_what_is_no_sequence_is_never_equal() -> None:
    assert rows() != 7
    assert rows() is not None


def test_rows_can_be_counted_and_looked_at() -> None:
    found = rows(ADA, BEN)
    assert (len(found), found[1], list(found)) == (2, BEN, [ADA, BEN])
    assert repr(found) == "<2 rows of place, name>"


def test_a_difference_is_recorded_with_what_is_missing_and_too_much() -> None:
    recorder = Recorder()
    assert rows(ADA, CHEN, recorder=recorder) != [ADA, BEN]
    assert recorder.take() == [
        {
            "kind": "rows",
            "columns": ["place", "name"],
            "expected": [["1", "Ada"], ["2", "Ben"]],
            "actual": [["1", "Ada"], ["2", "Chen"]],
            "missing": [["2", "Ben"]],
            "extra": [["2", "Chen"]],
            "order": "none",
            "keys": [],
        }
    ]


@pytest.mark.parametrize(
    ("order", "told"), [("none", "none"), ("exact", "exact"), (("place",), "key")]
)
def test_the_record_says_which_order_was_asked_for(order: Order, told: str) -> None:
    recorder = Recorder()
    assert rows(order=order, recorder=recorder) != [ADA]
    assert recorder.take()[0]["order"] == told


def test_the_record_names_the_columns_that_order_the_rows() -> None:
    recorder = Recorder()
    assert rows(order=("place", "name"), recorder=recorder) != [ADA]
    assert recorder.take()[0]["keys"] == ["place", "name"]


def test_nothing_is_recorded_of_rows_that_are_right() -> None:
    recorder = Recorder()
    assert rows(ADA, recorder=recorder) == [ADA]
    assert recorder.take() == []


def test_of_many_differing_rows_only_the_first_are_recorded() -> None:
    recorder = Recorder()
    many: list[Row] = [(number, "x") for number in range(900)]
    assert rows(*many, recorder=recorder) != [ADA]
    assert {len(recorder_rows) for recorder_rows in _lists(recorder)} == {1, 2, ROWS}


def _lists(recorder: Recorder) -> list[list[Any]]:
    found = recorder.take()[0]
    return [value for name, value in found.items() if isinstance(value, list) and name != "keys"]
