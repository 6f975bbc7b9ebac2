"""The word that pages say while nobody grades."""

from __future__ import annotations

from typing import Final

from flask import Flask, request

from backyard.db import db, utcnow
from backyard.submissions.status import grader_is_away

CONCERNED: Final = ("workbench", "submissions", "catalog")
"""The blueprints on whose pages somebody is about to hand in work, or waits for a verdict."""


def waits_for_grader() -> bool:
    """Whether it matters on the page of this request that somebody grades."""
    return request.blueprint in CONCERNED


def grader_away() -> bool:
    """Whether nobody grades right now."""
    return grader_is_away(db.session(), utcnow())


def init_notice(app: Flask) -> None:
    """Let templates call both."""
    app.add_template_global(waits_for_grader)
    app.add_template_global(grader_away)
