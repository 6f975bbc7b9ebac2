"""The start page and the catalogue."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from backyard.accounts.sessions import optional_user
from backyard.catalog import services

blueprint = Blueprint("catalog", __name__, template_folder="templates")


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """What Backyard is, for strangers; whoever is logged in goes straight to the exercises."""
    if optional_user() is not None:
        return redirect(url_for("catalog.exercises"))
    return render_template("catalog/home.html", tracks=services.tracks(None))


@blueprint.get("/exercises")
def exercises() -> ResponseReturnValue:
    """Every exercise by track, with the learner's own standing."""
    return render_template("catalog/exercises.html", tracks=services.tracks(optional_user()))
