"""Which exercises of the catalogue somebody wants to see. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from backyard.catalog.services import Card, Standing, track_title
from grader.exercise import Difficulty

LONGEST: Final = 100
"""Characters of a search."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a filter may have, in an address and for people."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen from, given the exercises that there are."""

    track: Sequence[Choice]
    skill: Sequence[Choice]
    difficulty: Sequence[Choice]
    state: Sequence[Choice]

    @classmethod
    def among(cls, cards: Sequence[Card], with_states: bool) -> Self:
        """The choices that any of `cards` fits; all states, for who has any."""
        skills = sorted({skill for card in cards for skill in card.exercise.skills})
        there = {card.exercise.difficulty for card in cards}
        tracks = dict.fromkeys(card.exercise.track for card in cards)
        return cls(
            track=[Choice(slug, track_title(slug)) for slug in tracks],
            skill=[Choice(skill, skill.replace("-", " ")) for skill in skills],
            difficulty=[Choice(d, d.value) for d in Difficulty if d in there],
            state=[Choice(s, s.value) for s in Standing if with_states],
        )


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; an empty word asks for nothing. `text` is to be found in title, summary,
    track or skills, word by word."""

    text: str = ""
    track: str = ""
    skill: str = ""
    difficulty: str = ""
    state: str = ""

    @classmethod
    def asked(cls, wanted: Mapping[str, str], choices: Choices) -> Self:
        """The filters of an address. What is no choice (an old link, a slip) asks for nothing."""

        def known(name: str) -> str:
            value = wanted.get(name, "")
            there: Sequence[Choice] = getattr(choices, name)
            return value if any(choice.value == value for choice in there) else ""

        text = wanted.get("q", "")[:LONGEST].strip()
        return cls(text, *map(known, ("track", "skill", "difficulty", "state")))

    def __bool__(self) -> bool:
        return any((self.text, self.track, self.skill, self.difficulty, self.state))

    def of(self, cards: Iterable[Card]) -> list[Card]:
        """Those of `cards` that are asked for, in their order."""
        words = self.text.casefold().split()
        return [card for card in cards if self._fits(card) and _has(card, words)]

    def _fits(self, card: Card) -> bool:
        exercise = card.exercise
        return (
            self.track in ("", exercise.track)
            and self.difficulty in ("", exercise.difficulty)
            and self.state in ("", card.standing)
            and (not self.skill or self.skill in exercise.skills)
        )


def _has(card: Card, words: Sequence[str]) -> bool:
    if not words:
        return True
    exercise = card.exercise
    skills = (form for skill in exercise.skills for form in (skill, skill.replace("-", " ")))
    text = " ".join((exercise.title, exercise.summary, exercise.id, *skills)).casefold()
    return all(word in text for word in words)
