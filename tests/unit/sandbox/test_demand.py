"""How many sandboxes are kept warm, on a clock that only moves when it is told to."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from sandbox.demand import HISTORY, MOST, WINDOW, AsDeclared, Demand
from sandbox.environment import Environment

PLENTY = 10_000


@dataclass
class Clock:
    """Seconds since the test began."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def environment(name: str, least: int = 1, idle_mb: int = 100) -> Environment:
    return Environment(name=name, image="x", memory_mb=256, idle_mb=idle_mb, pool=least)


def demand(clock: Clock, *environments: Environment, budget: int = PLENTY) -> Demand:
    return Demand({found.name: found for found in environments}, budget, clock)


def note(plan: Demand, clock: Clock, name: str, *moments: float) -> None:
    for moment in moments:
        clock.now = moment
        plan.note(name)


def test_before_anybody_asks_each_is_kept_as_often_as_it_declares(clock: Clock) -> None:
    plan = demand(clock, environment("a", least=2), environment("b"), environment("c", least=0))
    assert plan.wanted() == {"a": 2, "b": 1, "c": 0}


def test_as_many_are_wanted_as_were_taken_in_the_busiest_window(clock: Clock) -> None:
    plan = demand(clock, environment("a"))
    note(plan, clock, "a", 0, 1, 50, 51, 52, 53, 100)
    assert plan.wanted() == {"a": 4}


def test_takes_that_are_a_window_apart_count_as_one(clock: Clock) -> None:
    plan = demand(clock, environment("a"))
    note(plan, clock, "a", 0, WINDOW, 2 * WINDOW, 3 * WINDOW)
    assert plan.wanted() == {"a": 1}


def test_a_window_may_begin_at_any_moment(clock: Clock) -> None:
    plan = demand(clock, environment("a"))
    note(plan, clock, "a", 0, 8, 12, 16, 30)
    assert plan.wanted() == {"a": 3}


def test_what_is_seldom_asked_for_is_kept_as_often_as_it_declares(clock: Clock) -> None:
    plan = demand(clock, environment("a", least=3))
    note(plan, clock, "a", 0, 1)
    assert plan.wanted() == {"a": 3}


def test_one_that_declares_none_is_kept_while_it_is_asked_for(clock: Clock) -> None:
    plan = demand(clock, environment("a", least=0))
    note(plan, clock, "a", 0)
    assert plan.wanted() == {"a": 1}
    clock.now = HISTORY
    assert plan.wanted() == {"a": 0}


def test_a_rush_is_forgotten_after_a_while(clock: Clock) -> None:
    plan = demand(clock, environment("a"))
    note(plan, clock, "a", 0, 1, 2, 3, 4)
    clock.now = 4 + HISTORY - 0.1
    assert plan.wanted() == {"a": 5}
    clock.now = 4 + HISTORY
    assert plan.wanted() == {"a": 1}


def test_behind_a_great_rush_a_smaller_one_is_remembered(clock: Clock) -> None:
    plan = demand(clock, environment("a"))
    note(plan, clock, "a", 0, 1, 2, 3, 100, 101, 102, 200, 201)
    assert plan.wanted() == {"a": 4}
    clock.now = 3 + HISTORY
    assert plan.wanted() == {"a": 3}
    clock.now = 102 + HISTORY
    assert plan.wanted() == {"a": 2}


def test_a_rush_as_great_as_an_earlier_one_is_remembered_from_its_own_time(clock: Clock) -> None:
    plan = demand(clock, environment("a"))
    note(plan, clock, "a", 0, 1, 100, 101)
    clock.now = 100 + HISTORY
    assert plan.wanted() == {"a": 2}


def test_no_rush_is_so_great_that_more_than_the_most_are_kept(clock: Clock) -> None:
    plan = demand(clock, environment("a"))
    note(plan, clock, "a", *(number / 10 for number in range(90)))
    assert plan.wanted() == {"a": MOST}


def test_each_environment_has_a_demand_of_its_own(clock: Clock) -> None:
    plan = demand(clock, environment("a"), environment("b"))
    note(plan, clock, "b", 0, 1, 2)
    assert plan.wanted() == {"a": 1, "b": 3}


@pytest.mark.parametrize(("budget", "kept"), [(0, 0), (99, 0), (100, 1), (299, 2), (300, 3)])
def test_no_more_are_wanted_than_the_budget_allows(clock: Clock, budget: int, kept: int) -> None:
    plan = demand(clock, environment("a", least=3), budget=budget)
    assert plan.wanted() == {"a": kept}


def test_a_short_budget_is_dealt_out_in_turns(clock: Clock) -> None:
    plan = demand(clock, environment("a"), environment("b"), budget=600)
    note(plan, clock, "a", 0, 1, 2, 3, 4)
    note(plan, clock, "b", 5, 6, 7, 8, 9)
    assert plan.wanted() == {"a": 3, "b": 3}


def test_what_was_asked_for_last_has_the_first_turn(clock: Clock) -> None:
    plan = demand(clock, environment("a"), environment("b"), budget=500)
    note(plan, clock, "a", 0, 1, 2, 3, 4)
    note(plan, clock, "b", 5, 6, 7, 8, 9)
    assert plan.wanted() == {"a": 2, "b": 3}
    note(plan, clock, "a", 10)
    assert plan.wanted() == {"a": 3, "b": 2}


def test_what_nobody_asked_for_goes_without_first(clock: Clock) -> None:
    plan = demand(clock, environment("a"), environment("b"), environment("c"), budget=200)
    assert plan.wanted() == {"a": 1, "b": 1, "c": 0}
    note(plan, clock, "c", 0)
    assert plan.wanted() == {"a": 1, "b": 0, "c": 1}


def test_one_of_each_comes_before_a_second_of_any(clock: Clock) -> None:
    plan = demand(clock, environment("a"), environment("b"), budget=200)
    note(plan, clock, "a", 0, 1, 2)
    assert plan.wanted() == {"a": 1, "b": 1}


def test_what_one_does_not_want_is_left_to_the_others(clock: Clock) -> None:
    plan = demand(clock, environment("a"), environment("b"), budget=500)
    note(plan, clock, "a", 0, 1, 2, 3, 4, 5)
    assert plan.wanted() == {"a": 4, "b": 1}


def test_what_is_too_large_for_the_rest_leaves_it_to_what_is_small(clock: Clock) -> None:
    plan = demand(clock, environment("small", idle_mb=50), environment("large"), budget=240)
    note(plan, clock, "small", 0, 1, 2, 3)
    note(plan, clock, "large", 4, 5)
    assert plan.wanted() == {"large": 1, "small": 2}


def test_what_is_wanted_always_fits(clock: Clock) -> None:
    names = {"a": 60, "b": 110, "c": 35}
    for budget in range(0, 2200, 13):
        clock.now = 0.0
        plan = demand(clock, *(environment(n, 2, mb) for n, mb in names.items()), budget=budget)
        for name in names:
            note(plan, clock, name, *(clock.now + number for number in range(1, 7)))
        assert plan.fits(plan.wanted())


def test_by_declaration_nothing_depends_on_what_is_asked_for() -> None:
    plan = AsDeclared({"a": environment("a", least=2), "b": environment("b", least=0)})
    for _ in range(20):
        plan.note("b")
    assert plan.wanted() == {"a": 2, "b": 0}
    assert plan.fits({"a": 1000, "b": 1000})
