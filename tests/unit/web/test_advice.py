"""What a learner is advised to do next, and how days of practice are told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backyard.catalog.services import Card, Standing
from backyard.home.advice import advise
from backyard.home.practice import practice
from grader.exercise import Difficulty
from tests.unit.web.cards import card

PASSED, TRIED = Standing.PASSED, Standing.TRIED
TODAY = date(2026, 3, 12)


def names(*cards: Card, without: str = "") -> list[str]:
    return [advice.card.id for advice in advise(cards, without=without)]


def reason(*cards: Card) -> str:
    return advise(cards)[0].reason


def test_who_begins_is_sent_to_the_easiest() -> None:
    hard = card("sql/a", difficulty=Difficulty.HARD)
    easy = card("sql/b", difficulty=Difficulty.EASY)
    assert names(hard, easy) == ["sql/b", "sql/a"]
    assert reason(easy) == "Nothing has to come before it, and its level is easy. It trains sql."


def test_what_something_is_missing_for_comes_later() -> None:
    first = card("sql/z-first", difficulty=Difficulty.HARD)
    second = card("sql/a-second", difficulty=Difficulty.EASY, after=["sql/z-first"])
    assert names(second, first) == ["sql/z-first", "sql/a-second"]
    assert advise([first, second])[1].reason.startswith("It is easier after “Z-first”.")


def test_what_follows_on_something_passed_comes_before_what_is_new() -> None:
    done = card("sql/joins", PASSED, skills=["sql", "joins"])
    follows = card("sql/window", after=["sql/joins"], skills=["sql", "window-functions"])
    other = card("redis/limits", skills=["redis"])
    assert names(done, other, follows) == ["sql/window", "redis/limits"]
    assert reason(done, other, follows) == (
        "You have passed “Joins”, which comes before it. "
        "It goes on with sql, and window functions would be new."
    )


def test_what_is_two_steps_harder_waits() -> None:
    done = card("sql/a", PASSED, difficulty=Difficulty.EASY)
    hard = card("sql/b", difficulty=Difficulty.HARD)
    medium = card("redis/c", difficulty=Difficulty.MEDIUM)
    assert names(done, hard, medium) == ["redis/c", "sql/b"]


def test_what_was_begun_comes_first_and_says_how_far_it_is() -> None:
    assert names(card("sql/a"), card("sql/b", TRIED)) == ["sql/b", "sql/a"]
    assert reason(card("sql/b", TRIED)).startswith("You have begun it: 40 % so far.")


def test_nobody_is_sent_to_what_is_passed_retired_or_shown_already() -> None:
    cards = [card("sql/a", PASSED), card("sql/b", retired=True), card("sql/c"), card("sql/d")]
    assert names(*cards, without="sql/c") == ["sql/d"]


def test_what_is_not_there_any_more_holds_nothing_up() -> None:
    assert reason(card("sql/a", after=["sql/gone"])).startswith("Nothing has to come before it")


def days(*back: int) -> set[date]:
    return {TODAY - timedelta(days=number) for number in back}


@pytest.mark.parametrize(
    ("back", "in_a_row", "sentence"),
    [
        ((), 0, "Whatever you hand in makes a day of practice. It need not pass."),
        ((0,), 1, "1 day of practice this week."),
        ((0, 1, 2, 3), 4, "4 days of practice in a row."),
        ((1, 2, 3), 3, "3 days of practice in a row."),  # today may still come
        ((2, 3, 5, 6), 0, "4 days of practice this week."),
        ((0, 2, 4), 1, "3 days of practice this week."),
        (tuple(range(40)), 40, "40 days of practice in a row."),
        ((9,), 0, "Whatever you hand in makes a day of practice. It need not pass."),
    ],
)
def test_days_of_practice_are_told_in_the_learners_favour(
    back: tuple[int, ...], in_a_row: int, sentence: str
) -> None:
    found = practice(days(*back), TODAY)
    assert (found.in_a_row, found.sentence) == (in_a_row, sentence)
    assert [day for day, _ in found.week] == sorted(days(*range(7)))
    assert found.days == len([number for number in back if number < 7])
