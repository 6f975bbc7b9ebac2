"""Which exercises should come before which, and what can be wrong with that. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from grader.exercise import Exercise
from grader.gate.problem import Problem
from grader.gate.views import SETTINGS

KEY: Final = "after"
"""The key of exercise.toml."""

Order = Mapping[str, Sequence[str]]
"""Every exercise of a source by its id, with the ids that should come before it."""


def out_of_order(exercise: Exercise, order: Order) -> tuple[Problem, ...]:
    """What `after` names is in the same folder of exercises, and nothing comes before itself."""
    return tuple(_problems(exercise, order))


def _problems(exercise: Exercise, order: Order) -> Iterator[Problem]:
    order = {**order, exercise.id: exercise.metadata.after}
    for name in exercise.metadata.after:
        if name == exercise.id:
            what = f"`{KEY}` names the exercise itself."
            yield Problem(SETTINGS, what, "Take it out.")
        elif name not in order:
            what = f"`{KEY}` names {name}, which is not among these exercises."
            yield Problem(SETTINGS, what, "Look for a slip in it, or take it out.")
    if circle := _circle(exercise.id, order):
        what = f"`{KEY}` goes round in a circle: {' comes after '.join(circle)}."
        yield Problem(SETTINGS, what, "One of them has to be the first: take it out there.")


def _circle(start: str, order: Order) -> list[str]:
    """The shortest way from `start` along `after` back to itself, both ends named, by way of
    others; empty where there is none."""
    ways, seen = [[start]], {start}
    for way in ways:
        for name in order.get(way[-1], ()):
            if name == start and len(way) > 1:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []
