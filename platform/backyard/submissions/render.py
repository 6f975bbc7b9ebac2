"""The pieces of HTML that live events carry: made by the very macros that the pages use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from flask import current_app, url_for
from jinja2 import Environment

from backyard.accounts.sessions import current_user
from backyard.catalog.models import ExerciseRow
from backyard.db import db
from backyard.submissions.feedback import constraint_of, feedback, is_long, marked, pretty, start_of
from backyard.submissions.models import Submission, TestResultRow
from backyard.submissions.ordering import how_many, tables
from backyard.submissions.sources import Sources, sources_of, syntax_trouble
from backyard.submissions.wording import SIDES

FEEDBACK: Final[Mapping[str, object]] = {
    "SIDES": SIDES,
    "constraint_of": constraint_of,
    "feedback": feedback,
    "how_many": how_many,
    "is_long": is_long,
    "marked": marked,
    "pretty": pretty,
    "sources_of": sources_of,
    "start_of": start_of,
    "syntax_trouble": syntax_trouble,
    "tables": tables,
}
"""What the macros of a test and of a verdict call."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes the data of one submission's events. Made in a request; a stream outlives it."""

    templates: Environment
    url: str
    again_url: str
    sources: Sources

    @classmethod
    def of(cls, submission: Submission) -> Self:
        """The renderer of events about `submission`."""
        exercise = db.session.get_one(ExerciseRow, submission.exercise_id)
        return cls(
            current_app.jinja_env,
            url_for("submissions.show", submission_id=submission.id),
            url_for("submissions.again", submission_id=submission.id),
            sources_of(exercise, submission.files, mine=submission.user_id == current_user().id),
        )

    def test(self, row: TestResultRow) -> dict[str, Any]:
        """The data of a `test` event."""
        return {
            "id": row.test_id,
            "position": row.position,
            "outcome": row.outcome,
            "html": self._macro("_test.html", "test", row, self.sources),
        }

    def verdict(self, submission: Submission, phases: Mapping[str, float]) -> dict[str, Any]:
        """The data of a `verdict` event, for a submission that is done."""
        return {
            "verdict": submission.verdict,
            "score": submission.score,
            "points": submission.points,
            "max_points": submission.max_points,
            **self.summary(submission, phases),
        }

    def summary(self, submission: Submission, phases: Mapping[str, float]) -> dict[str, Any]:
        """What every last event carries; for a submission that is over."""
        return {
            "html": self._macro("_summary.html", "summary", submission, phases, self.sources),
            "url": self.url,
            "again_url": self.again_url if submission.may_come_again else None,
        }

    def _macro(self, template: str, name: str, *values: object) -> str:
        module = self.templates.get_template(f"submissions/{template}").module
        return str(getattr(module, name)(*values))
