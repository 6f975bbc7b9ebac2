"""Solutions of an exercise, as differences from one's own; 404 for who has not passed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from backyard.accounts.sessions import current_user, login_required
from backyard.catalog.models import ExerciseRow
from backyard.catalog.services import visible_exercise
from backyard.db import db
from backyard.solutions import services
from backyard.submissions.access import own_submission
from backyard.submissions.comparing import changes
from grader.verdict import Verdict

blueprint = Blueprint("solutions", __name__, template_folder="templates")

SOLUTIONS: Final = "/exercises/<track>/<slug>/solutions"
SHARED: Final = "Shared: who has passed this exercise can read it, with your username."
NOT_SHARED: Final = "Not shared any more: nobody else can read it."


def _passed(track: str, slug: str) -> ExerciseRow:
    """The exercise; 404 where the reader has not passed it, whether it is there or not."""
    row = visible_exercise(current_user(), f"{track}/{slug}") or abort(404)
    return row if services.has_passed(current_user(), row) else abort(404)


@blueprint.get(SOLUTIONS)
@login_required
def index(track: str, slug: str) -> ResponseReturnValue:
    """Which solutions there are, and one's own with a switch to share them."""
    exercise, user = _passed(track, slug), current_user()
    return render_template(
        "solutions/index.html",
        exercise=exercise,
        accepted=services.accepted_solutions(exercise),
        shared=services.shared_by_others(user, exercise),
        mine=services.my_solutions(user, exercise),
    )


@blueprint.get(f"{SOLUTIONS}/accepted/<name>")
@login_required
def accepted(track: str, slug: str, name: str) -> ResponseReturnValue:
    """An accepted solution beside one's own."""
    exercise = _passed(track, slug)
    files = services.accepted_solutions(exercise).get(name) or abort(404)
    return _beside(exercise, files, f"Accepted solution: {name}")


@blueprint.get(f"{SOLUTIONS}/shared/<submission_id>")
@login_required
def shared(track: str, slug: str, submission_id: str) -> ResponseReturnValue:
    """Another learner's solution beside one's own."""
    exercise = _passed(track, slug)
    found = services.shared_solution(exercise, submission_id) or abort(404)
    return _beside(exercise, found.submission.files, f"Solution of {found.author}")


@blueprint.post("/submissions/<submission_id>/share")
@login_required
def share(submission_id: str) -> ResponseReturnValue:
    """Share a passed submission of one's own, or take it back: the field `share` is on or off."""
    submission = own_submission(current_user(), submission_id) or abort(404)
    is_on = request.form.get("share") == "on"
    if is_on and (submission.verdict is not Verdict.PASSED or submission.is_run):
        abort(404)
    services.share(submission, on=is_on)
    flash(SHARED if is_on else NOT_SHARED, "success")
    exercise = db.session.get_one(ExerciseRow, submission.exercise_id)
    return redirect(url_for("solutions.index", track=exercise.track, slug=exercise.slug), 303)


def _beside(exercise: ExerciseRow, files: Mapping[str, str], title: str) -> str:
    mine = services.latest_of_mine(current_user(), exercise)
    return render_template(
        "solutions/solution.html",
        exercise=exercise,
        title=title,
        solution=files,
        has_mine=mine is not None,
        files=changes(mine.files if mine else {}, files),
    )
