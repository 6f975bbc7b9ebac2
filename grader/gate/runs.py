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
"""The orders in which tests are run beside their own: five runs of an accepted solution with that.
Two tests come in both orders."""


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
    empty = Run(EMPTY, dict.fromkeys(exercise.metadata.files, ""))
    return (empty, *_unfinished(exercise), *_shuffled(exercise))


def _unfinished(exercise: Exercise) -> Iterator[Run]:
    """The starter and the wrong solutions. That tests hang on each other shows where they pass."""
    yield Run(STARTER, exercise.starter)
    yield from (Run(f"{WRONG}{name}", files) for name, files in exercise.wrong.items())


def _shuffled(exercise: Exercise) -> Iterator[Run]:
    return (Run(run.what, run.files, Way(seed)) for run in first_runs(exercise) for seed in SEEDS)
