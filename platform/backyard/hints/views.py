"""Opening a hint, from the exercise page."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from backyard.accounts.sessions import current_user, login_required
from backyard.catalog.models import ExerciseRow
from backyard.catalog.services import visible_exercise
from backyard.errors import wants_json
from backyard.hints.services import Hints, hints_for, open_hint

blueprint = Blueprint("hints", __name__, template_folder="templates")

NOT_YET: Final = "Hints are opened one after the other. Open the one before first."


@blueprint.record_once
def _give_hints(state: BlueprintSetupState) -> None:
    state.app.add_template_global(_hints_of, "hints_of")


def _hints_of(exercise: ExerciseRow) -> Hints:
    """What the reader of a page sees of an exercise's hints."""
    return hints_for(current_user(), exercise)


@blueprint.post("/exercises/<track>/<slug>/hints")
@login_required
def open_next(track: str, slug: str) -> ResponseReturnValue:
    """Open the hint that the form names. A script gets the list of hints as a piece of HTML."""
    exercise = visible_exercise(current_user(), f"{track}/{slug}") or abort(404)
    is_open = open_hint(current_user(), exercise, request.form.get("number", 0, type=int))
    if wants_json():
        if not is_open:
            return jsonify(error=NOT_YET), 422
        return jsonify(html=render_template("hints/list.html", exercise=exercise))
    if not is_open:
        flash(NOT_YET, "warning")
    return redirect(url_for("workbench.exercise", track=track, slug=slug, _anchor="hints"), 303)
