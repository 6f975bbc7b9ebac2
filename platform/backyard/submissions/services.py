"""Taking submissions in, and finding them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import defer

from backyard.accounts.models import User
from backyard.catalog.models import WITHOUT_TEXTS, ExerciseRow
from backyard.catalog.versions import version_numbers
from backyard.db import db, utcnow
from backyard.submissions import cancelling, runs
from backyard.submissions.lifecycle import Kind, SubmissionState
from backyard.submissions.live import Moment, look
from backyard.submissions.models import Attempt, Submission, TestResultRow
from grader.submission import check_files

PAGE_LENGTH: Final = 25


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a history, newest first. `number` counts from 1. `exercise_id` is that of the one
    exercise that it is about; None for all."""

    number: int
    entries: Sequence[tuple[Submission, ExerciseRow]]
    has_next: bool
    exercise_id: str | None = None


@dataclass(frozen=True, slots=True)
class ResultView:
    """A submission as pages show it.

    `results` are the latest attempt's tests so far, in the suite's order. `attempts` are oldest
    first. `version` numbers what the latest attempt was graded with, `first_version` what the
    first verdict came from, `newest` what learners get now; None where that is not known.
    """

    submission: Submission
    moment: Moment
    attempts: Sequence[Attempt]
    results: Sequence[TestResultRow]
    version: int | None = None
    first_version: int | None = None
    newest: int | None = None

    @property
    def phases(self) -> Mapping[str, float]:
        """The seconds of the latest attempt's phases."""
        return self.attempts[-1].phases if self.attempts else {}

    @property
    def waited(self) -> float:
        """Seconds since it was handed in, by the server's clock."""
        return (utcnow() - self.submission.created_at).total_seconds()

    @property
    def exercise_changed(self) -> bool:
        """Whether it was graded with another version of the exercise than it was handed in for."""
        graded_with = self.attempts[-1].content_hash if self.attempts else ""
        return graded_with not in ("", self.submission.content_hash)


def accept(
    user: User,
    exercise: ExerciseRow,
    files: Iterable[tuple[str, bytes]],
    again_of: str | None = None,
    kind: Kind = Kind.SUBMIT,
) -> Submission:
    """Store what `user` hands in, or runs, and commit: once this returns, nothing can lose it.

    `files` are names and contents as they were sent; `again_of` is the submission that had them
    before. A run takes the place of the one before. Raises grader.submission.InvalidSubmission,
    with a sentence for the learner; then nothing is stored.
    """
    texts = check_files(exercise.wanted, files)
    if kind is Kind.RUN:
        runs.make_way(db.session(), user.id, exercise.id, utcnow())
    submission = Submission(
        user_id=user.id,
        exercise_id=exercise.id,
        content_hash=exercise.content_hash,
        kind=kind,
        files=dict(texts),
        again_of=again_of,
    )
    db.session.add(submission)
    db.session.commit()
    return submission


def cancel(submission: Submission) -> bool:
    """End `submission` without a verdict, and commit; return whether it is cancelled now.

    It is not where the verdict was faster.
    """
    cancelling.cancel(db.session(), submission.id, utcnow())
    db.session.commit()
    db.session.refresh(submission)
    return submission.state is SubmissionState.CANCELLED


def history(user: User, number: int, exercise_id: str | None = None) -> Page:
    """Page `number` of what `user` has handed in, to one exercise or to all: no runs."""
    of_one = (Submission.exercise_id == exercise_id,) if exercise_id else ()
    rows = db.session.execute(
        select(Submission, ExerciseRow)
        .join(ExerciseRow, ExerciseRow.id == Submission.exercise_id)
        .where(Submission.user_id == user.id, Submission.kind == Kind.SUBMIT, *of_one)
        .order_by(Submission.created_at.desc(), Submission.id)
        .offset((number - 1) * PAGE_LENGTH)
        .limit(PAGE_LENGTH + 1)
        .options(defer(Submission.files), *WITHOUT_TEXTS)
    )
    entries = [(submission, exercise) for submission, exercise in rows]
    has_next = len(entries) > PAGE_LENGTH
    return Page(number, entries[:PAGE_LENGTH], has_next, exercise_id)


def exercises_tried(user: User) -> Sequence[ExerciseRow]:
    """The exercises that `user` has handed something in to, by title."""
    tried = select(Submission.exercise_id).where(
        Submission.user_id == user.id, Submission.kind == Kind.SUBMIT
    )
    wanted = select(ExerciseRow).where(ExerciseRow.id.in_(tried)).order_by(ExerciseRow.title)
    return db.session.scalars(wanted.options(*WITHOUT_TEXTS)).all()


def view_of(submission: Submission) -> ResultView:
    """Everything that pages show of `submission`."""
    wanted = select(Attempt).where(Attempt.submission_id == submission.id)
    attempts = db.session.scalars(wanted.order_by(Attempt.number)).all()
    graded = [attempt.content_hash for attempt in attempts if attempt.verdict is not None]
    numbers, newest = version_numbers(db.session(), submission.exercise_id, graded)
    first, latest = (numbers.get(graded[place]) if graded else None for place in (0, -1))
    return ResultView(
        submission=submission,
        moment=look(db.session(), submission.id, utcnow()),
        attempts=attempts,
        results=_results_of(attempts[-1]) if attempts else (),
        version=latest,
        first_version=first,
        newest=newest,
    )


def _results_of(attempt: Attempt) -> Sequence[TestResultRow]:
    wanted = select(TestResultRow).where(TestResultRow.attempt_id == attempt.id)
    return db.session.scalars(wanted.order_by(TestResultRow.position)).all()
