"""Who may see a submission."""

from __future__ import annotations

from backyard.accounts.models import User
from backyard.cohorts.services import teaches_learner
from backyard.db import db
from backyard.submissions.models import Submission


def may_read(user: User, submission: Submission) -> bool:
    """Whether `user` may: who handed it in, instructors of a cohort of theirs, and admins."""
    if submission.user_id == user.id or user.is_admin:
        return True
    return teaches_learner(user, submission.user_id)


def readable_submission(user: User, submission_id: str) -> Submission | None:
    """The submission if it is there and `user` may see it, else None."""
    submission = db.session.get(Submission, submission_id)
    return submission if submission and may_read(user, submission) else None


def own_submission(user: User, submission_id: str) -> Submission | None:
    """The submission if `user` handed it in, else None."""
    submission = db.session.get(Submission, submission_id)
    return submission if submission and submission.user_id == user.id else None
