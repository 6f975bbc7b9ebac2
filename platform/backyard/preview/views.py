"""The page that shows the learner's view and, beside it, what the gate says."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from backyard.config import current_settings
from backyard.preview.state import State, read

blueprint = Blueprint("preview", __name__, template_folder="templates")


@blueprint.get("/preview")
def show() -> ResponseReturnValue:
    """The whole page."""
    state = _state()
    track, slug = state.exercise_id.split("/")
    shown = url_for("workbench.exercise", track=track, slug=slug)
    return render_template("preview/preview.html", state=state, shown=shown)


@blueprint.get("/preview/state")
def state() -> ResponseReturnValue:
    """What has changed: the version to show, and the gate's word as HTML."""
    now = _state()
    gate = current_app.jinja_env.get_template("preview/_gate.html").module
    html = str(gate.gate(now))  # type: ignore[attr-defined]  # a macro
    return jsonify(version=now.version, html=html)


def _state() -> State:
    return read(current_settings().instance)
