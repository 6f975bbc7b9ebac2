"""Two submissions side by side."""

from __future__ import annotations

from typing import Final

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from backyard.accounts.sessions import current_user, login_required
from backyard.catalog.models import ExerciseRow
from backyard.db import db
from backyard.submissions.access import readable_submission
from backyard.submissions.comparing import changes
from backyard.submissions.models import Submission
from backyard.submissions.views import blueprint

TWO: Final = "Choose two submissions to compare."


@blueprint.get("/submissions/compare")
@login_required
def compare() -> ResponseReturnValue:
    """What changed between two submissions to one exercise: `?id=…&id=…`, in any order."""
    ids = request.args.getlist("id")
    if len(set(ids)) != 2:
        flash(TWO, "warning")
        return redirect(url_for("submissions.history", exercise=request.args.get("exercise")))
    old, new = sorted(map(_readable, ids), key=lambda one: (one.created_at, one.id))
    if (old.exercise_id, old.user_id) != (new.exercise_id, new.user_id):
        abort(404)
    return render_template(
        "submissions/compare.html",
        old=old,
        new=new,
        files=changes(old.files, new.files),
        exercise=db.session.get_one(ExerciseRow, new.exercise_id),
        mine=new.user_id == current_user().id,
    )


def _readable(submission_id: str) -> Submission:
    return readable_submission(current_user(), submission_id) or abort(404)
