"""Pages of regrades. Whoever may not see one gets 404: its existence is not their business."""

from __future__ import annotations

from typing import Final

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from backyard.accounts.sessions import current_user
from backyard.db import db, utcnow
from backyard.teaching import applying, exercises, regrades
from backyard.teaching.history import verdict_history
from backyard.teaching.models import Regrade
from backyard.teaching.regrades import NothingToRegrade
from backyard.teaching.views import NUMBER, blueprint, teachers_only

REGRADE: Final = f"/regrades/<{NUMBER}:regrade_id>"

NOT_NOW: Final = "That can't be done any more, or not yet: this is how things stand."

blueprint.add_app_template_global(verdict_history)


@blueprint.post("/exercises/<track>/<slug>/regrades")
@teachers_only
def regrade_exercise(track: str, slug: str) -> ResponseReturnValue:
    """Have what was handed in for an exercise graded with its newest version."""
    view = exercises.find_exercise(f"{track}/{slug}") or abort(404)
    try:
        regrade = regrades.request_regrade(current_user(), view.exercise)
    except NothingToRegrade as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for("teaching.exercise", track=track, slug=slug), 303)
    return _to(regrade)


@blueprint.get(REGRADE)
@teachers_only
def regrade(regrade_id: int) -> ResponseReturnValue:
    """Who changes, from what to what: live until all is graded."""
    view = regrades.view_of(_visible(regrade_id))
    return render_template("teaching/regrade.html", view=view)


@blueprint.post(f"{REGRADE}/apply")
@teachers_only
def apply(regrade_id: int) -> ResponseReturnValue:
    """Make the new verdicts the ones that learners see."""
    regrade = _visible(regrade_id)
    is_done = applying.apply(db.session(), regrade.id, utcnow())
    db.session.commit()
    flash(*(("The new verdicts count now.", "success") if is_done else (NOT_NOW, "warning")))
    return _to(regrade)


@blueprint.post(f"{REGRADE}/undo")
@teachers_only
def undo(regrade_id: int) -> ResponseReturnValue:
    """Give back the verdicts that were there before."""
    regrade = _visible(regrade_id)
    is_done = applying.undo(db.session(), regrade.id, utcnow())
    db.session.commit()
    flash(*(("The old verdicts count again.", "success") if is_done else (NOT_NOW, "warning")))
    return _to(regrade)


@blueprint.post(f"{REGRADE}/drop")
@teachers_only
def drop(regrade_id: int) -> ResponseReturnValue:
    """Forget a regrade that was not applied."""
    regrade = _visible(regrade_id)
    track, slug = regrade.exercise_id.split("/")
    if not regrades.drop_regrade(regrade):
        flash(NOT_NOW, "warning")
        return _to(regrade)
    flash("The regrade is dropped. Nothing has changed.", "success")
    return redirect(url_for("teaching.exercise", track=track, slug=slug), 303)


def _visible(regrade_id: int) -> Regrade:
    return regrades.visible_regrade(current_user(), regrade_id) or abort(404)


def _to(regrade: Regrade) -> ResponseReturnValue:
    return redirect(url_for("teaching.regrade", regrade_id=regrade.id), 303)
