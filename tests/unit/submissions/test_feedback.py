"""What a failed test shows, best first."""

from __future__ import annotations

from typing import Any

import pytest

from backyard.submissions.feedback import (
    constraint_of,
    expected_status,
    feedback,
    is_long,
    marked,
    pretty,
    start_of,
)
from backyard.submissions.ordering import MOST, how_many, tables
from sandbox.runner.suite.recorder import ROWS

ANSWER: dict[str, Any] = {
    "kind": "http",
    "request": {"method": "GET", "url": "/", "headers": [], "body": ""},
    "response": {"status": 201, "reason": "CREATED", "headers": [], "body": ""},
    "error": None,
}
COMPARED = {"kind": "comparison", "op": "==", "got": "1", "expected": "2", "differences": []}
JSON = [["content-type", "application/json"]]


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ("POST /books must answer 400 here, but answered 201.", 400),
        ("A bad book is refused.\nassert 201 == 400", 400),
        ("POST /books must answer 400 here, but answered 404.", None),  # another answer than this
        ("POST /books must answer 201 here, but answered 201.", None),
        ("A bad book is refused.\nassert 500 == 400", None),
        ("A bad book is refused.", None),
    ],
)
def test_the_status_that_was_expected_is_taken_from_the_message(
    message: str, status: int | None
) -> None:
    assert expected_status(message, ANSWER) == status


def test_other_exchanges_have_no_status() -> None:
    message = "must answer 400 here, but answered 201"
    assert expected_status(message, {**ANSWER, "response": None}) is None
    assert expected_status(message, {"kind": "sql"}) is None


def test_the_words_come_first_and_what_pytest_says_is_told_apart() -> None:
    told = feedback("It adds.\nassert 1 == 2", [ANSWER, {"kind": "call"}, COMPARED])
    assert (told.words, told.rest) == ("It adds.", "assert 1 == 2")
    assert told.comparison == COMPARED
    assert told.main == {"kind": "call"}
    assert told.before == [ANSWER]


def test_a_message_that_is_told_no_better_stays_whole() -> None:
    told = feedback("It adds.\nassert False", [ANSWER])
    assert (told.words, told.rest) == ("It adds.\nassert False", "")


def test_two_statuses_are_told_once() -> None:
    compared = COMPARED | {"got": "201", "expected": "400"}
    told = feedback("No.\nassert 201 == 400", [ANSWER, compared])
    assert told.expected_status == 400
    assert told.comparison is None


def test_a_test_that_exchanged_nothing_has_its_words() -> None:
    told = feedback("It adds.", [])
    assert (told.words, told.main, told.comparison) == ("It adds.", None, None)


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (
            'CheckViolation: new row violates check constraint "books_isbn"; Failing row',
            "books_isbn",
        ),
        ("UniqueViolation: twice; constraint members_email_key; Key (a)", "members_email_key"),
        ("SyntaxError: no", ""),
    ],
)
def test_the_constraint_that_refused_is_named(error: str, name: str) -> None:
    assert constraint_of(error) == name


def test_long_texts_fold_and_short_ones_do_not() -> None:
    assert not is_long("a\nb")
    for text in ("x" * 5_000, "x\n" * 50):
        assert is_long(text)
        assert text.startswith(start_of(text))
        assert not is_long(start_of(text))


def test_json_gets_a_line_for_each_key_and_other_bodies_stay() -> None:
    assert pretty('{"a":"é"}', JSON) == '{\n  "a": "é"\n}'
    for body in ('{"a": … (9 more characters)', "[" * 100_000, "", "nothing"):
        assert pretty(body, JSON) == body
    assert pretty('{"a":1}', []) == '{"a":1}'


def test_lines_of_a_body_are_marked_whose_keys_differ() -> None:
    body = pretty('{"title":"a","year":"1","errors":{"title":"x"},"b":2}', JSON)
    differences = [["year", "1", "'1'"], ["errors.title", "'y'", "'x'"], ["gone", "1", None]]
    lines = marked(body, {"differences": differences})
    assert [line.strip() for line, is_marked in lines if is_marked] == [
        '"year": "1",',
        '"errors": {',
    ]
    assert "\n".join(line for line, _ in lines) == body
    assert marked(body, None) == []
    assert marked(body, {"differences": [["none", "1", "2"]]}) == []


def compared(expected: str, actual: str, **fields: Any) -> list[tuple[str, str, int | None]]:
    """The marks of the rows that came; each letter is a row."""
    exchange = {
        "columns": ["name"],
        "expected": [[letter] for letter in expected],
        "actual": [[letter] for letter in actual],
        "missing": [],
        "extra": [],
        "order": "exact",
    }
    both = tables(exchange | fields)
    return [(str(line.cells[0]), line.mark, line.place) for line in both.actual]


def test_the_one_row_that_moved_is_marked_with_its_right_place() -> None:
    assert compared("abcd", "dabc") == [
        ("d", "moved", 4),
        ("a", "", None),
        ("b", "", None),
        ("c", "", None),
    ]


def test_rows_of_equal_key_may_change_places() -> None:
    exchange = {
        "columns": ["place", "name"],
        "expected": [["1", "a"], ["1", "b"], ["2", "c"]],
        "actual": [["1", "b"], ["1", "a"], ["2", "c"]],
        "missing": [],
        "extra": [],
        "order": "key",
        "keys": ["place"],
    }
    assert [line.mark for line in tables(exchange).actual] == ["", "", ""]
    swapped = exchange | {"actual": [["2", "c"], ["1", "a"], ["1", "b"]]}
    first = tables(swapped).actual[0]
    assert (first.mark, first.place) == ("moved", 3)


def test_rows_that_need_no_order_are_never_moved() -> None:
    assert [mark for _, mark, _ in compared("ab", "ba", order="none")] == ["", ""]


def test_missing_and_extra_rows_are_marked_in_their_tables() -> None:
    exchange = {
        "columns": ["name"],
        "expected": [["a"], ["b"], [None]],
        "actual": [["a"], ["a"], ["c"]],
        "missing": [["b"], [None]],
        "extra": [["a"], ["c"]],
        "order": "none",
    }
    both = tables(exchange)
    assert [line.mark for line in both.expected] == ["", "missing", "missing"]
    assert [line.mark for line in both.actual] == ["", "extra", "extra"]
    assert not both.unseen


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 rows"), (1, "1 row"), (29, "29 rows"), (30, "at least 30 rows")]
)
def test_no_more_rows_are_claimed_than_are_known(count: int, words: str) -> None:
    assert how_many([None] * count) == words
    assert MOST == ROWS


def test_a_difference_behind_the_shown_rows_is_not_lost() -> None:
    exchange = {"columns": ["n"], "expected": [["1"]], "actual": [["1"]], "order": "none"}
    assert tables(exchange | {"missing": [["99"]], "extra": []}).unseen
