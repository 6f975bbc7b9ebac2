"""Which version of an exercise is meant by a content hash."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from backyard.catalog.models import ExerciseRow, ExerciseVersion


def version_number(session: Session, exercise_id: str, content_hash: str) -> int | None:
    """The number of the version with that content; None where there is none (any more)."""
    return session.scalar(
        select(ExerciseVersion.number).where(
            ExerciseVersion.exercise_id == exercise_id,
            ExerciseVersion.content_hash == content_hash,
        )
    )


def current_version(session: Session, exercise_id: str) -> int | None:
    """The number of the version that learners get now; None before the first."""
    row = ExerciseRow
    present = session.scalar(select(row.content_hash).where(row.id == exercise_id))
    return version_number(session, exercise_id, present or "")
