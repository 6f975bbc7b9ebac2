"""The pieces of HTML that live events carry: made by the very macros that the pages use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask import current_app, url_for
from jinja2 import Environment

from backyard.submissions.models import Submission, TestResultRow


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes the data of one submission's events. Made in a request; a stream outlives it."""

    templates: Environment
    url: str
    again_url: str

    @classmethod
    def of(cls, submission: Submission) -> Self:
        """The renderer of events about `submission`."""
        return cls(
            current_app.jinja_env,
            url_for("submissions.show", submission_id=submission.id),
            url_for("submissions.again", submission_id=submission.id),
        )

    def test(self, row: TestResultRow) -> dict[str, Any]:
        """The data of a `test` event."""
        return {
            "id": row.test_id,
            "position": row.position,
            "outcome": row.outcome,
            "html": self._macro("_test.html", "test", row),
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
            "html": self._macro("_summary.html", "summary", submission, phases),
            "url": self.url,
            "again_url": self.again_url if submission.may_come_again else None,
        }

    def _macro(self, template: str, name: str, *values: object) -> str:
        module = self.templates.get_template(f"submissions/{template}").module
        return str(getattr(module, name)(*values))
