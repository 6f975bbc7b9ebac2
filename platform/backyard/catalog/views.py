"""The catalogue."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from backyard.accounts.sessions import optional_user
from backyard.catalog import services
from backyard.catalog.filters import Choices, Filters

blueprint = Blueprint("catalog", __name__, template_folder="templates")


@blueprint.get("/exercises")
def exercises() -> ResponseReturnValue:
    """Every exercise by track, with the learner's own standing; or those that are asked for."""
    user = optional_user()
    cards = services.cards(user)
    choices = Choices.among(cards, with_states=user is not None)
    filters = Filters.asked(request.args, choices)
    shown = filters.of(cards)
    return render_template(
        "catalog/exercises.html",
        tracks=services.by_track(shown),
        choices=choices,
        filters=filters,
        shown=len(shown),
        total=len(cards),
    )
