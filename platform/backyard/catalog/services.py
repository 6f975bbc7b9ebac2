"""Which exercises there are, and where a learner stands with each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from sqlalchemy import and_, select

from backyard.accounts.models import User
from backyard.catalog.models import WITHOUT_TEXTS, ExerciseRow, Progress
from backyard.db import db

SPELLED_OUT: Final = frozenset({"api", "css", "html", "http", "orm", "sql"})
"""Words of track names that are read letter by letter."""


class Standing(StrEnum):
    """Where a learner is with an exercise."""

    NOT_STARTED = "not started"
    TRIED = "tried"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Card:
    """One exercise in the catalogue. `best_score` is in per cent; None before the first verdict."""

    exercise: ExerciseRow
    standing: Standing
    best_score: int | None

    @property
    def id(self) -> str:
        """The exercise's `track/slug`."""
        return self.exercise.id

    @property
    def is_passed(self) -> bool:
        """Whether the learner has passed it."""
        return self.standing is Standing.PASSED


@dataclass(frozen=True, slots=True)
class Track:
    """Exercises of one track, easiest first."""

    slug: str
    cards: tuple[Card, ...]

    @property
    def title(self) -> str:
        """The slug as people write it: `sql` is SQL, `rest-api` is Rest API."""
        return track_title(self.slug)

    @property
    def passed(self) -> int:
        """How many of its exercises the learner has passed."""
        return sum(card.is_passed for card in self.cards)


def track_title(slug: str) -> str:
    """A track's name for people."""
    words = slug.split("-")
    return " ".join(word.upper() if word in SPELLED_OUT else word.capitalize() for word in words)


def tracks(user: User | None) -> list[Track]:
    """The catalogue as `user` (None: a stranger) sees it, by track."""
    return by_track(cards(user))


def by_track(sorted_cards: Iterable[Card]) -> list[Track]:
    """Cards in the catalogue's order, as tracks."""
    groups = groupby(sorted_cards, key=lambda card: card.exercise.track)
    return [Track(slug, tuple(group)) for slug, group in groups]


def cards(user: User | None) -> list[Card]:
    """Every exercise as `user` (None: a stranger) sees it, by track and position. Teachers also see
    what is not published because it never was sound."""
    rows = db.session.execute(
        select(ExerciseRow, Progress)
        .outerjoin(
            Progress,
            and_(
                Progress.exercise_id == ExerciseRow.id,
                Progress.user_id == (user.id if user else None),
            ),
        )
        .where(ExerciseRow.retired.is_(False))
        .order_by(ExerciseRow.track, ExerciseRow.position)
        .options(*WITHOUT_TEXTS)
    )
    return [_card(row, progress) for row, progress in rows if may_see(user, row)]


def visible_exercise(user: User, exercise_id: str) -> ExerciseRow | None:
    """The exercise `track/slug` if it is there and `user` may see it, else None."""
    row = db.session.get(ExerciseRow, exercise_id)
    return row if row and may_see(user, row) else None


def may_see(user: User | None, row: ExerciseRow) -> bool:
    """Whether `user` may see the exercise: everybody an open one, teachers an unpublished too."""
    return row.is_open or (not row.retired and user is not None and user.teaches)


def _card(row: ExerciseRow, progress: Progress | None) -> Card:
    if progress is None:
        return Card(row, Standing.NOT_STARTED, None)
    standing = Standing.PASSED if progress.passed_at else Standing.TRIED
    return Card(row, standing, progress.best_score)
