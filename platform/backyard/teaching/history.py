"""The verdicts that a submission has had: its first one, and those of regrades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import defer

from backyard.catalog.models import ExerciseVersion
from backyard.db import db
from backyard.submissions.models import Submission
from backyard.teaching.models import Regrade, RegradeEntry
from grader.verdict import Verdict


@dataclass(frozen=True, slots=True)
class PastVerdict:
    """One verdict. `since` is when it began to count, `until` when a regrade that brought it was
    undone; `version` numbers what it was graded with, None where that is not known."""

    verdict: Verdict
    points: int
    max_points: int
    version: int | None
    since: datetime | None
    until: datetime | None = None


def verdict_history(submission: Submission, version: int | None) -> Sequence[PastVerdict]:
    """All verdicts, oldest first; nothing where no regrade has touched the submission.

    `version` is what graded it in the first place, None where that is not known.
    """
    rows = db.session.execute(
        select(RegradeEntry, Regrade, ExerciseVersion.number)
        .join(Regrade, Regrade.id == RegradeEntry.regrade_id)
        .join(
            ExerciseVersion,
            (ExerciseVersion.exercise_id == Regrade.exercise_id)
            & (ExerciseVersion.content_hash == Regrade.content_hash),
        )
        .where(RegradeEntry.submission_id == submission.id, RegradeEntry.is_applied)
        .order_by(Regrade.applied_at, Regrade.id)
        .options(defer(RegradeEntry.results))
    ).all()
    if not rows:
        return ()
    first = rows[0][0]
    return (
        PastVerdict(
            first.old_verdict,
            first.old_points,
            first.old_max_points,
            version,
            submission.finished_at,
        ),
        *(_past(*row) for row in rows),
    )


def _past(entry: RegradeEntry, regrade: Regrade, version: int) -> PastVerdict:
    assert entry.verdict is not None  # what is applied has all three: a constraint holds it
    assert entry.points is not None
    assert entry.max_points is not None
    is_undone = regrade.undone_at is not None and entry.attempt_id is None
    return PastVerdict(
        entry.verdict,
        entry.points,
        entry.max_points,
        version,
        regrade.applied_at,
        regrade.undone_at if is_undone else None,
    )
