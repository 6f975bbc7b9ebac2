"""The exercises as teachers see them: versions, sources, and what is broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import defer

from backyard.accounts.models import User
from backyard.catalog.models import WITHOUT_TEXTS, ExerciseRow, ExerciseVersion
from backyard.db import db
from backyard.teaching.publications import source_words


@dataclass(frozen=True, slots=True)
class Published:
    """A version, and who published it: None for the command line, and where an account is gone."""

    version: ExerciseVersion
    by: str | None

    @property
    def source(self) -> str:
        """Where it comes from, for people."""
        return source_words(self.version.source)


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """An exercise, with the version that learners get; None before there is one."""

    exercise: ExerciseRow
    current: Published | None

    @property
    def source(self) -> str:
        """Where it is published from, for people."""
        return source_words(self.exercise.source)


def all_exercises() -> list[ExerciseView]:
    """Every exercise, retired ones last."""
    order = (ExerciseRow.retired, ExerciseRow.track, ExerciseRow.position)
    return [_view(*row) for row in db.session.execute(_with_current().order_by(*order))]


def find_exercise(exercise_id: str) -> ExerciseView | None:
    """One by its id."""
    row = db.session.execute(_with_current().where(ExerciseRow.id == exercise_id)).first()
    return _view(*row) if row else None


def versions_of(exercise: ExerciseRow) -> Sequence[Published]:
    """All versions, newest first."""
    wanted = (
        select(ExerciseVersion, User.username)
        .outerjoin(User, User.id == ExerciseVersion.published_by)
        .where(ExerciseVersion.exercise_id == exercise.id)
        .order_by(ExerciseVersion.number.desc())
        .options(defer(ExerciseVersion.files))
    )
    return [Published(*row) for row in db.session.execute(wanted)]


def _with_current() -> Select[ExerciseRow, ExerciseVersion, str]:
    current = and_(
        ExerciseVersion.exercise_id == ExerciseRow.id,
        ExerciseVersion.content_hash == ExerciseRow.content_hash,
    )
    return (
        select(ExerciseRow, ExerciseVersion, User.username)
        .outerjoin(ExerciseVersion, current)
        .outerjoin(User, User.id == ExerciseVersion.published_by)
        .options(*WITHOUT_TEXTS, defer(ExerciseVersion.files))
    )


def _view(exercise: ExerciseRow, version: ExerciseVersion | None, by: str | None) -> ExerciseView:
    return ExerciseView(exercise, Published(version, by) if version else None)
