"""The same files, handed in once more: after a failure of ours, or a cancelling."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import db
from backyard.submissions.lifecycle import Kind
from backyard.submissions.models import Submission
from backyard.submissions.services import accept


class NotAgain(Exception):
    """It can't be handed in again; the message says why, and what to do."""


def submit_again(user: User, submission: Submission) -> Submission:
    """Hand in the files of `submission` anew, and commit; a second call returns what is there.

    Raises NotAgain, and grader.submission.InvalidSubmission where the exercise takes other files
    by now.
    """
    if (there := follower(submission)) is not None:
        return there
    exercise = db.session.get_one(ExerciseRow, submission.exercise_id)
    if not submission.may_come_again:
        raise NotAgain("Only what we could not grade, or what was cancelled, is submitted again.")
    if not exercise.is_open:
        raise NotAgain("This exercise can't be graded at the moment. Try again later.")
    files = [(name, text.encode()) for name, text in submission.files.items()]
    try:
        if submission.is_run:  # the new one takes its place
            return accept(user, exercise, files, kind=Kind.RUN)
        return accept(user, exercise, files, again_of=submission.id)
    except IntegrityError:  # two clicks at the same time: `again_of` is unique
        db.session.rollback()
        if (there := follower(submission)) is None:
            raise
        return there


def follower(submission: Submission) -> Submission | None:
    """What was handed in again after `submission`."""
    return db.session.scalar(select(Submission).where(Submission.again_of == submission.id))
