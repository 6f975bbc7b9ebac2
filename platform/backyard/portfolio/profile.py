"""A learner's own picture: how many exercises of each skill are passed, and how often they
submitted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from backyard.accounts.models import User
from backyard.catalog.services import Card, Standing, Track, by_track, cards
from backyard.db import db
from backyard.submissions.lifecycle import Kind
from backyard.submissions.models import Submission
from grader.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill: of the exercises that train it, how many are passed, and how many tried."""

    name: str
    passed: int
    tried: int
    total: int

    @property
    def is_begun(self) -> bool:
        """Whether any of them was handed in."""
        return self.passed + self.tried > 0


@dataclass(frozen=True, slots=True)
class Profile:
    """`verdicts` counts submissions; those without one (waiting, cancelled) are under None."""

    skills: tuple[Skill, ...]
    tracks: tuple[Track, ...]
    verdicts: dict[Verdict | None, int]

    @property
    def passed(self) -> int:
        """Exercises."""
        return sum(track.passed for track in self.tracks)

    @property
    def exercises(self) -> int:
        """All that there are."""
        return sum(len(track.cards) for track in self.tracks)

    @property
    def submissions(self) -> int:
        """All that were handed in."""
        return sum(self.verdicts.values())


def profile_of(user: User) -> Profile:
    """What there is to say of what `user` has done."""
    known = cards(user)
    wanted = select(Submission.verdict, func.count()).where(
        Submission.user_id == user.id, Submission.kind == Kind.SUBMIT
    )
    rows = db.session.execute(wanted.group_by(Submission.verdict))
    return Profile(skills_of(known), tuple(by_track(known)), {row[0]: row[1] for row in rows})


def skills_of(known: Iterable[Card]) -> tuple[Skill, ...]:
    """Every skill of the exercises: those with most passed first, then by name."""
    counts: dict[str, Counter[Standing]] = {}
    for card in known:
        for skill in card.exercise.skills:
            counts.setdefault(skill, Counter())[card.standing] += 1
    skills = [
        Skill(name, count[Standing.PASSED], count[Standing.TRIED], count.total())
        for name, count in counts.items()
    ]
    return tuple(sorted(skills, key=lambda skill: (-skill.passed, -skill.tried, skill.name)))
