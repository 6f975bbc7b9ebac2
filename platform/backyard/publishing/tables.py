"""Writes versions, and copies the current one into the catalogue's table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from backyard.catalog.models import SITE, WITHOUT_TEXTS, ExerciseRow, ExerciseVersion
from backyard.publishing.outcome import Outcome, What
from grader.exercise import Difficulty, Exercise, Isolation
from grader.parsing import BrokenExercise, check_name


class Refused(Exception):
    """Another source has an exercise of this name; the message says which."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something is published from, and by whom (None: somebody at the command line).

    `source` is `SITE`, a folder's path or a repository's address, `commit` git's.
    """

    source: str = SITE
    commit: str = ""
    user_id: int | None = None


def refuse_others(session: Session, exercise_id: str, origin: Origin) -> None:
    """Raise Refused where another source has published an exercise of this name."""
    row = session.get(ExerciseRow, exercise_id)
    if row is not None and row.is_published and row.source != origin.source:
        theirs = "the site's own folder" if row.source == SITE else row.source
        raise Refused(
            f"{theirs} has published an exercise of this name. Rename this one's folder, or "
            "publish it from there."
        )


def current_files(session: Session, exercise: Exercise) -> Mapping[str, str] | None:
    """The files as they are published, if those of `exercise` are the same but for its list."""
    row = session.get(ExerciseRow, exercise.id)
    is_current = row is not None and row.content_hash == exercise.content_hash
    version = _kept(session, exercise) if is_current else None
    return None if version is None else version.files


def publish(
    session: Session, exercise: Exercise, files: Mapping[str, str], origin: Origin
) -> Outcome:
    """Make `exercise`, which `files` are parsed to, the one that learners get.

    A version that was there before keeps its number. Raises Refused.
    """
    _lock(session, exercise.id)
    refuse_others(session, exercise.id, origin)
    row = session.get(ExerciseRow, exercise.id) or _new_row(session, exercise.id)
    version = _kept(session, exercise)
    is_new = version is None or row.retired or row.content_hash != exercise.content_hash
    if version is None:
        version = _new_version(session, exercise, origin)
        session.add(version)
    version.files = dict(files)  # the list of tests may be newer
    row.source = origin.source
    _copy(exercise, row)
    return Outcome(exercise.id, What.PUBLISHED if is_new else What.UNCHANGED, version.number)


def leave_out(session: Session, exercise_id: str, reason: str, origin: Origin) -> Outcome:
    """Note, for teachers, why this exercise of `origin` is not published as it is now."""
    row = session.get(ExerciseRow, exercise_id)
    if row is None and _fits_addresses(exercise_id):
        row = _new_row(session, exercise_id)
        row.source = origin.source
    if row is not None and row.source == origin.source:
        row.broken_reason = reason
    return Outcome(exercise_id, What.LEFT_OUT, reason=reason)


def retire_others(session: Session, present: Collection[str], origin: Origin) -> list[Outcome]:
    """Retire what `origin` has published before and has no more. Rows stay: submissions point
    to them."""
    wanted = select(ExerciseRow).where(
        ExerciseRow.source == origin.source,
        ExerciseRow.retired.is_(False),
        ExerciseRow.id.not_in(present),
    )
    gone = session.scalars(wanted.order_by(ExerciseRow.id).options(*WITHOUT_TEXTS)).all()
    for row in gone:
        row.retired = True
    return [Outcome(row.id, What.RETIRED) for row in gone]


def sort(session: Session) -> None:
    """Give every exercise its place: the easiest first, then by title."""
    rows = session.scalars(select(ExerciseRow).options(*WITHOUT_TEXTS)).all()
    for position, row in enumerate(sorted(rows, key=_easiest_first)):
        row.position = position


def _easiest_first(row: ExerciseRow) -> tuple[int, str]:
    return list(Difficulty).index(row.difficulty), row.title


def _lock(session: Session, exercise_id: str) -> None:
    """Begin with a write, so that two who publish at the same time do it one after the other."""
    here = update(ExerciseRow).where(ExerciseRow.id == exercise_id)
    session.execute(here.values(retired=ExerciseRow.retired))


def _kept(session: Session, exercise: Exercise) -> ExerciseVersion | None:
    """The version with the very content of `exercise`."""
    wanted = select(ExerciseVersion).where(
        ExerciseVersion.exercise_id == exercise.id,
        ExerciseVersion.content_hash == exercise.content_hash,
    )
    return session.scalar(wanted)


def _new_version(session: Session, exercise: Exercise, origin: Origin) -> ExerciseVersion:
    newest = select(func.max(ExerciseVersion.number)).where(
        ExerciseVersion.exercise_id == exercise.id
    )
    return ExerciseVersion(
        exercise_id=exercise.id,
        number=(session.scalar(newest) or 0) + 1,
        content_hash=exercise.content_hash,
        files={},
        source=origin.source,
        source_commit=origin.commit,
        published_by=origin.user_id,
    )


def _fits_addresses(exercise_id: str) -> bool:
    try:
        for name in exercise_id.split("/"):
            check_name(name)
    except BrokenExercise:
        return False
    return True


def _new_row(session: Session, exercise_id: str) -> ExerciseRow:
    track, _, slug = exercise_id.partition("/")
    # Spelled out, as the defaults come only when it is stored.
    row = ExerciseRow(
        id=exercise_id, track=track, slug=slug, title=exercise_id, content_hash="", retired=False
    )
    session.add(row)
    session.flush()
    return row


def _copy(exercise: Exercise, row: ExerciseRow) -> None:
    meta = exercise.metadata
    row.title = meta.title
    row.summary = meta.summary
    row.difficulty = meta.difficulty
    row.skills = list(meta.skills)
    row.after = list(meta.after)
    row.points = exercise.max_points
    row.statement = exercise.statement
    row.files = list(meta.files)
    row.may_add = list(meta.may_add)
    row.starter = dict(exercise.starter)
    row.hints = list(exercise.hints)
    row.tests = [asdict(test) for test in exercise.tests]
    row.content_hash = exercise.content_hash
    row.kind = meta.subject.kind.value
    row.forge_proof = meta.subject.isolation is not Isolation.SHARED
    row.broken_reason, row.retired = None, False
