"""The start page."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from backyard.accounts.sessions import optional_user
from backyard.catalog.services import tracks
from backyard.db import utcnow
from backyard.home.services import home_of

blueprint = Blueprint("home", __name__, template_folder="templates")


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """What Backyard is, for strangers; where they were and what is next, for whoever is logged
    in."""
    user = optional_user()
    if user is None:
        return render_template("home/start.html", tracks=tracks(None))
    return render_template("home/home.html", home=home_of(user, utcnow()))
