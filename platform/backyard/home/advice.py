"""What a learner might do next, and why: from what is passed, what comes after it, and how hard it
is. Pure: it takes cards and gives cards with a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from backyard.catalog.services import Card, Standing
from grader.exercise import Difficulty

LEVELS: Final = list(Difficulty)
NAMED: Final = 3
"""Skills and exercises that one sentence names at most."""


@dataclass(frozen=True, slots=True)
class Advice:
    """An exercise to do next, with the reason in a sentence or two."""

    card: Card
    reason: str


@dataclass(frozen=True, slots=True)
class _Learner:
    """What is known of a learner: every card by id, what is passed, with which skills and how
    hard."""

    cards: Mapping[str, Card]
    skills: frozenset[str]
    level: int | None

    def split(self, card: Card) -> tuple[list[Card], list[Card]]:
        """What comes before an exercise, as far as it is there: the passed, and the others."""
        before = [self.cards[name] for name in card.exercise.after if name in self.cards]
        return [b for b in before if b.is_passed], [b for b in before if not b.is_passed]


def advise(cards: Iterable[Card], most: int = 3, without: str = "") -> list[Advice]:
    """The exercises to do next, best first; `without` is one that the page shows anyway.

    First what nothing is missing for and what is not much harder than what was passed; among
    those what was begun, then what follows on something passed, then what shares its skills.
    """
    learner = _learner(cards)
    open_ones = [
        card
        for card in learner.cards.values()
        if card.exercise.is_open and not card.is_passed and card.id != without
    ]
    ranked = sorted(open_ones, key=lambda card: _rank(learner, card))
    return [Advice(card, reason(learner, card)) for card in ranked[:most]]


def _learner(cards: Iterable[Card]) -> _Learner:
    by_id = {card.id: card for card in cards}
    passed = [card.exercise for card in by_id.values() if card.is_passed]
    return _Learner(
        cards=by_id,
        skills=frozenset(skill for exercise in passed for skill in exercise.skills),
        level=max((LEVELS.index(exercise.difficulty) for exercise in passed), default=None),
    )


def _rank(learner: _Learner, card: Card) -> tuple[int, ...]:
    exercise = card.exercise
    difficulty = LEVELS.index(exercise.difficulty)
    passed, missing = learner.split(card)
    reachable = 0 if learner.level is None else learner.level + 1
    return (
        len(missing),
        max(0, difficulty - reachable),
        0 if card.standing is Standing.TRIED else 1,
        -len(passed),
        -len(learner.skills.intersection(exercise.skills)) if learner.level is not None else 0,
        difficulty,
        exercise.position,
    )


def reason(learner: _Learner, card: Card) -> str:
    """Why this one, in the learner's words."""
    return " ".join(_reasons(learner, card))


def _reasons(learner: _Learner, card: Card) -> Iterator[str]:
    passed, missing = learner.split(card)
    if card.standing is Standing.TRIED:
        yield f"You have begun it: {card.best_score} % so far."
    if missing:
        yield f"It is easier after {_titles(missing)}."
    elif passed:
        verb = "comes" if len(passed) == 1 else "come"
        yield f"You have passed {_titles(passed)}, which {verb} before it."
    elif learner.level is None and card.standing is Standing.NOT_STARTED:
        yield f"Nothing has to come before it, and its level is {card.exercise.difficulty}."
    yield from _of_skills(learner, card)


def _of_skills(learner: _Learner, card: Card) -> Iterator[str]:
    old = [skill for skill in card.exercise.skills if skill in learner.skills]
    new = [skill for skill in card.exercise.skills if skill not in learner.skills]
    if old and new:
        yield f"It goes on with {_words(old)}, and {_words(new)} would be new."
    elif old:
        yield f"It goes on with {_words(old)}."
    elif new:
        yield f"It trains {_words(new)}."


def _titles(cards: Sequence[Card]) -> str:
    return _words([f"“{card.exercise.title}”" for card in cards])


def _words(words: Sequence[str]) -> str:
    *first, last = [word.replace("-", " ") if "“" not in word else word for word in words[:NAMED]]
    return f"{', '.join(first)} and {last}" if first else last
