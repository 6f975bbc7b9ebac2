"""Copies the exercises' folders into the table, so that pages need the database alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import select

from backyard.catalog.models import ExerciseRow
from backyard.db import db
from grader.exercise import Difficulty, Exercise
from grader.loading import Catalog


@dataclass(frozen=True, slots=True)
class Changes:
    """What `sync` did: ids of exercises. `broken` maps an id to the sentence that says why."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]
    broken: Mapping[str, str]


def sync(catalog: Catalog) -> Changes:
    """Make the table say what `catalog` says, and commit.

    A row whose folder is gone is retired, not deleted, as submissions point to it. One that broke
    keeps its last good content.
    """
    rows = {row.id: row for row in db.session.scalars(select(ExerciseRow))}
    before = {row.id: row.content_hash for row in rows.values() if row.is_open}
    for position, exercise in enumerate(sorted(catalog.exercises.values(), key=_easiest_first)):
        _copy(exercise, position, rows.get(exercise.id) or _new_row(exercise.id))
    for exercise_id, reason in catalog.broken.items():
        row = rows.get(exercise_id) or _new_row(exercise_id)
        row.broken_reason, row.retired = reason, False
    gone = [row for row in rows.values() if _is_gone(row, catalog) and not row.retired]
    for row in gone:
        row.retired = True
    db.session.commit()
    return Changes(
        added=tuple(sorted(catalog.exercises.keys() - rows.keys())),
        changed=tuple(
            sorted(
                exercise.id
                for exercise in catalog.exercises.values()
                if exercise.id in rows and before.get(exercise.id) != exercise.content_hash
            )
        ),
        retired=tuple(sorted(row.id for row in gone)),
        broken=dict(catalog.broken),
    )


def _easiest_first(exercise: Exercise) -> tuple[int, str]:
    return list(Difficulty).index(exercise.metadata.difficulty), exercise.metadata.title


def _is_gone(row: ExerciseRow, catalog: Catalog) -> bool:
    return row.id not in catalog.exercises and row.id not in catalog.broken


def _new_row(exercise_id: str) -> ExerciseRow:
    track, _, slug = exercise_id.partition("/")
    row = ExerciseRow(id=exercise_id, track=track, slug=slug, title=exercise_id)
    db.session.add(row)
    return row


def _copy(exercise: Exercise, position: int, row: ExerciseRow) -> None:
    meta = exercise.metadata
    row.position = position
    row.title = meta.title
    row.summary = meta.summary
    row.difficulty = meta.difficulty
    row.skills = list(meta.skills)
    row.points = exercise.max_points
    row.statement = exercise.statement
    row.files = list(meta.files)
    row.starter = dict(exercise.starter)
    row.hints = list(exercise.hints)
    row.tests = [asdict(test) for test in exercise.tests]
    row.content_hash = exercise.content_hash
    row.broken_reason, row.retired = None, False
