"""Makes a regrade's verdicts the ones that learners see, and takes that back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from backyard.submissions.lifecycle import Ending
from backyard.submissions.models import Attempt, Submission, TestResultRow, new_id
from backyard.submissions.results import recompute_progress
from backyard.submissions.tasks import TaskState
from backyard.teaching.models import Regrade, RegradeEntry, RegradeState
from backyard.teaching.regrades import latest_attempt


def apply(session: Session, regrade_id: int, now: datetime) -> bool:
    """Give every submission its new verdict, in the session's transaction; return whether it did.

    It did not where something is still to be graded, or it was done before. What got a newer
    verdict meanwhile is left alone, and so is what could not be graded.
    """
    waits = exists().where(
        RegradeEntry.regrade_id == regrade_id,
        RegradeEntry.state.in_([TaskState.QUEUED, TaskState.RUNNING]),
    )
    ready = update(Regrade).where(
        Regrade.id == regrade_id, Regrade.state == RegradeState.OPEN, ~waits
    )
    if not _changes_one(session, ready.values(state=RegradeState.APPLIED, applied_at=now)):
        return False
    graded = RegradeEntry.state == TaskState.DONE
    _each(session, regrade_id, graded, lambda entry: _apply_one(session, entry, now), now)
    return True


def undo(session: Session, regrade_id: int, now: datetime) -> bool:
    """Give every submission the verdict that it had, in the session's transaction; return whether
    it did. It did not where it was done before, or where a later one of the exercise still counts:
    that is to be undone first. What got a newer verdict since is left alone.
    """
    this, later = aliased(Regrade), aliased(Regrade)
    covered = exists().where(
        this.id == regrade_id,
        later.exercise_id == this.exercise_id,
        later.state == RegradeState.APPLIED,
        later.applied_at > this.applied_at,
    )
    applied = update(Regrade).where(
        Regrade.id == regrade_id, Regrade.state == RegradeState.APPLIED, ~covered
    )
    if not _changes_one(session, applied.values(state=RegradeState.UNDONE, undone_at=now)):
        return False
    there = RegradeEntry.attempt_id.is_not(None)
    _each(session, regrade_id, there, lambda entry: _undo_one(session, entry), now)
    return True


def _each(
    session: Session,
    regrade_id: int,
    condition: Any,
    change: Callable[[RegradeEntry], bool],
    now: datetime,
) -> None:
    """Change entry after entry, then bring up to date what learners have reached."""
    wanted = select(RegradeEntry.id).where(RegradeEntry.regrade_id == regrade_id, condition)
    changed = []
    for entry_id in session.scalars(wanted).all():
        entry = session.get_one(RegradeEntry, entry_id)
        if change(entry):
            changed.append(entry.submission_id)
        session.flush()
        session.expunge(entry)  # with all its results: of a large class they are many
    for user_id, exercise_id in _owners(session, changed):
        recompute_progress(session, user_id, exercise_id, now)


def _apply_one(session: Session, entry: RegradeEntry, now: datetime) -> bool:
    if _brought_by(session, entry) != entry.old_attempt_id:
        return False
    entry.attempt_id, entry.is_applied = _add_attempt(session, entry, now), True
    _set_verdict(
        session,
        entry,
        verdict=entry.verdict,
        points=entry.points,
        max_points=entry.max_points,
        score=entry.score,
        message=entry.message,
    )
    return True


def _undo_one(session: Session, entry: RegradeEntry) -> bool:
    if _brought_by(session, entry) != entry.attempt_id:
        return False
    _set_verdict(
        session,
        entry,
        verdict=entry.old_verdict,
        points=entry.old_points,
        max_points=entry.old_max_points,
        score=entry.old_score,
        message=entry.old_message,
    )
    made, entry.attempt_id = entry.attempt_id, None
    session.flush()
    session.execute(delete(Attempt).where(Attempt.id == made))
    return True


def _brought_by(session: Session, entry: RegradeEntry) -> int | None:
    """The attempt that brought the verdict which the submission has now."""
    return session.scalar(latest_attempt(entry.submission_id))


def _add_attempt(session: Session, entry: RegradeEntry, now: datetime) -> int:
    """An attempt like those of the worker, so that every page shows it as it shows them."""
    numbers = select(func.max(Attempt.number)).where(Attempt.submission_id == entry.submission_id)
    regrade = session.get_one(Regrade, entry.regrade_id)
    attempt = Attempt(
        submission_id=entry.submission_id,
        token=new_id(),
        number=session.scalars(numbers).one() + 1,
        worker=f"regrade {regrade.id}",
        started_at=entry.finished_at or now,
        ended_at=entry.finished_at or now,
        ending=Ending.GRADED,
        verdict=entry.verdict,
        content_hash=regrade.content_hash,
        phases=entry.phases,
    )
    session.add(attempt)
    session.flush()
    if entry.results:
        rows = [{"attempt_id": attempt.id, **values} for values in entry.results]
        session.execute(insert(TestResultRow), rows)
    return attempt.id


def _set_verdict(session: Session, entry: RegradeEntry, **values: Any) -> None:
    this = update(Submission).where(Submission.id == entry.submission_id)
    session.execute(this.values(**values))


def _owners(session: Session, submission_ids: Iterable[str]) -> set[tuple[int, str]]:
    """Whose they are, and of which exercise."""
    columns = (Submission.user_id, Submission.exercise_id)
    found = (
        session.execute(select(*columns).where(Submission.id == name)).one()
        for name in submission_ids
    )
    return {(user_id, exercise_id) for user_id, exercise_id in found}


def _changes_one(session: Session, statement: Any) -> bool:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1
