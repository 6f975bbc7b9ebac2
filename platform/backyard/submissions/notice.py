"""The word that pages say while nobody grades."""

from __future__ import annotations

from typing import Final

from flask import Flask, request

from backyard.db import db, utcnow
from backyard.submissions.status import grader_is_away

CONCERNED: Final = ("workbench", "submissions", "catalog")
"""The blueprints on whose pages somebody is about to hand in work, or waits for a verdict."""


def grader_away() -> bool:
    """Whether the page of this request should say that nobody grades right now."""
    return request.blueprint in CONCERNED and grader_is_away(db.session(), utcnow())


def init_notice(app: Flask) -> None:
    """Let templates call `grader_away()`."""
    app.add_template_global(grader_away)
