"""Every constraint of what teachers ask for refuses what it is there to refuse."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from backyard.db import Base, utcnow
from backyard.submissions.models import Attempt
from backyard.submissions.tasks import TaskState
from backyard.teaching.models import Publication, Regrade, RegradeEntry, RegradeState
from grader.verdict import Verdict
from tests.unit.web.conftest import Site

NOW = utcnow()
LEASED = {"state": TaskState.RUNNING, "token": "t", "lease_until": 1.0}
DONE = {"state": TaskState.DONE, "finished_at": NOW}
FAILED = {"state": TaskState.FAILED, "finished_at": NOW, "reason": "No such repository."}


def bad(constraint: str, **fields: Any) -> tuple[str, list[Base]]:
    return constraint, [Publication(**fields)]


def a_regrade(**fields: Any) -> Regrade:
    """A good row, but for `fields`."""
    return Regrade(**{"exercise_id": "flask/books", "content_hash": "a" * 64} | fields)


APPLIED = {"state": RegradeState.APPLIED, "applied_at": NOW}
UNDONE = {"state": RegradeState.UNDONE, "applied_at": NOW, "undone_at": NOW}

GRADED = DONE | {"verdict": Verdict.PASSED, "points": 3, "max_points": 3, "score": 100}


def an_entry(**fields: Any) -> RegradeEntry:
    """A good row, but for `fields`."""
    good = {
        "regrade_id": 1,
        "submission_id": "s",
        "old_attempt_id": 1,
        "old_verdict": Verdict.FAILED,
        "old_points": 1,
        "old_max_points": 3,
        "old_score": 33,
        "old_message": "",
    }
    return RegradeEntry(**good | fields)


@pytest.fixture(autouse=True)
def furnished(site: Site) -> None:
    """What a regrade points to."""
    site.exercise()
    site.version()
    site.submission("member", id="s")
    site.add(Attempt(id=1, submission_id="s", token="t", number=1, worker="w"))
    site.add(a_regrade(id=1))
    site.add(a_regrade(id=2))


GOOD: dict[str, Base] = {
    "a wish": Publication(),
    "one in hand": Publication(**LEASED),
    "one that is granted": Publication(**DONE),
    "one that failed": Publication(**FAILED),
    "an open regrade": a_regrade(),
    "one that is applied": a_regrade(**APPLIED),
    "one that is undone": a_regrade(**UNDONE),
    "an entry that waits": an_entry(),
    "one that is graded": an_entry(**GRADED),
    "one that we could not grade": an_entry(**FAILED),
    "one that counts": an_entry(**GRADED, is_applied=True, attempt_id=1),
    "one that counted once": an_entry(**GRADED, is_applied=True),
}

BAD: dict[str, tuple[str, list[Base]]] = {
    "one that waits and is held": bad("running_is_leased", token="t"),
    "one in hand without a lease": bad("running_is_leased", **LEASED | {"lease_until": None}),
    "one in hand without a token": bad("running_is_leased", **LEASED | {"token": None}),
    "one that is over at no time": bad("over_has_time", state=TaskState.DONE),
    "one that waits and is over": bad("over_has_time", finished_at=NOW),
    "a failure for no reason": bad("failed_has_reason", **FAILED | {"reason": ""}),
    "a success for a reason": bad("failed_has_reason", **DONE, reason="It failed."),
    "tries below zero": bad("tries_not_negative", tries=-1),
    "a source without a name": bad("source_is_named", source=""),
    "a wish of nobody": bad("FOREIGN KEY", requested_by=999),
    "an applied regrade at no time": ("applied_has_time", [a_regrade(state=RegradeState.APPLIED)]),
    "an open one with a time": ("applied_has_time", [a_regrade(applied_at=NOW)]),
    "an undone one at no time": ("undone_has_time", [a_regrade(**UNDONE | {"undone_at": None})]),
    "an applied one that is undone": ("undone_has_time", [a_regrade(**APPLIED, undone_at=NOW)]),
    "a regrade of no exercise": ("FOREIGN KEY", [a_regrade(exercise_id="no/such")]),
    "a regrade with no version": ("FOREIGN KEY", [a_regrade(content_hash="b" * 64)]),
    "a regrade for nobody": ("FOREIGN KEY", [a_regrade(requested_by=999)]),
    "an entry without its verdict": ("done_has_verdict", [an_entry(**GRADED | {"verdict": None})]),
    "an entry without its points": ("done_has_verdict", [an_entry(**GRADED | {"points": None})]),
    "a verdict before its time": ("done_has_verdict", [an_entry(verdict=Verdict.PASSED)]),
    "more points than there are": ("points_in_range", [an_entry(**GRADED | {"points": 4})]),
    "a score above 100": ("score_in_range", [an_entry(**GRADED | {"score": 101})]),
    "applied, but not graded": ("applied_is_done", [an_entry(is_applied=True)]),
    "an attempt that nobody applied": ("attempt_is_applied", [an_entry(**GRADED, attempt_id=1)]),
    "an entry twice": (
        "regrade_entries.regrade_id, regrade_entries.submission_id",
        [an_entry(), an_entry()],
    ),
    "two entries with one token": (
        "regrade_entries.token",
        [an_entry(**LEASED), an_entry(**LEASED, regrade_id=2)],
    ),
    "an entry of no regrade": ("FOREIGN KEY", [an_entry(regrade_id=99)]),
    "an entry of no submission": ("FOREIGN KEY", [an_entry(submission_id="x")]),
    "an entry of no attempt": ("FOREIGN KEY", [an_entry(old_attempt_id=99)]),
    "two with one token": ("publications.token", [Publication(**LEASED), Publication(**LEASED)]),
}


@pytest.mark.parametrize("row", GOOD.values(), ids=GOOD.keys())
def test_the_database_takes(site: Site, row: Base) -> None:
    site.add(row)


@pytest.mark.parametrize(("constraint", "rows"), BAD.values(), ids=BAD.keys())
def test_the_database_refuses(site: Site, constraint: str, rows: list[Base]) -> None:
    *good, refused = rows
    for row in good:
        site.add(row)
    with pytest.raises(IntegrityError, match=constraint):
        site.add(refused)
