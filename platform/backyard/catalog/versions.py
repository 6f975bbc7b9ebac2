"""Which version of an exercise is meant by a content hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backyard.catalog.models import ExerciseRow, ExerciseVersion


def version_number(session: Session, exercise_id: str, content_hash: str) -> int | None:
    """The number of the version with that content; None where there is none (any more)."""
    return version_numbers(session, exercise_id, [content_hash])[0].get(content_hash)


def version_numbers(
    session: Session, exercise_id: str, hashes: Iterable[str]
) -> tuple[Mapping[str, int], int | None]:
    """The numbers of the versions with these contents, by content hash, and of the one that
    learners get now; None before the first."""
    version = ExerciseVersion
    present = select(ExerciseRow.content_hash).where(ExerciseRow.id == exercise_id)
    is_present = version.content_hash == present.scalar_subquery()
    rows = session.execute(
        select(version.content_hash, version.number, is_present).where(
            version.exercise_id == exercise_id, or_(version.content_hash.in_(hashes), is_present)
        )
    ).all()
    current = (number for _, number, is_current in rows if is_current)
    return {content_hash: number for content_hash, number, _ in rows}, next(current, None)
