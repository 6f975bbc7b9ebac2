"""Which runs prove an exercise. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from grader.exercise import Exercise
from grader.frames import ORDINARY, Way

ACCEPTED: Final = "solutions/accepted/"
WRONG: Final = "solutions/wrong/"
STARTER: Final = "starter/"
EMPTY: Final = "an empty submission"

SEEDS: Final = (1, 2, 3, 4)
"""The orders in which tests are run beside their own: five runs with that. Two tests come in both
orders."""


@dataclass(frozen=True, slots=True)
class Run:
    """One submission to grade: `what` it is, its files, and how its tests are run."""

    what: str
    files: Mapping[str, str]
    way: Way = ORDINARY


def first_runs(exercise: Exercise) -> tuple[Run, ...]:
    """The accepted solutions, in the tests' own order: where one fails all else says little."""
    return tuple(Run(f"{ACCEPTED}{name}", files) for name, files in exercise.accepted.items())


def other_runs(exercise: Exercise) -> tuple[Run, ...]:
    """All runs that follow when the first ones have passed."""
    starter = Run(STARTER, exercise.starter)
    empty = Run(EMPTY, dict.fromkeys(exercise.metadata.files, ""))
    shuffled = (run for first in (*first_runs(exercise), starter) for run in _shuffled(first))
    return (starter, empty, *_wrong(exercise), *shuffled)


def _wrong(exercise: Exercise) -> Iterator[Run]:
    for number, (name, files) in enumerate(exercise.wrong.items()):
        run = Run(f"{WRONG}{name}", files)
        yield run
        yield Run(run.what, files, Way(SEEDS[number % len(SEEDS)]))


def _shuffled(run: Run) -> Iterator[Run]:
    return (Run(run.what, run.files, Way(seed)) for seed in SEEDS)
