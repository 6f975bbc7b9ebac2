"""Every constraint of tryouts refuses what it is there to refuse."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from backyard.db import db, utcnow
from backyard.submissions.tasks import TaskState
from backyard.tryouts.models import Tryout, TryoutFailure, TryoutQuestion
from tests.unit.web.conftest import Site


def tryout(site: Site, **fields: Any) -> Tryout:
    good = {"user_id": site.user("member").id, "exercise_id": "flask/books"}
    return Tryout(**good, content_hash="a" * 64, files={}, **fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("ck_tryouts_running_is_leased", {"state": TaskState.RUNNING}),
        ("ck_tryouts_running_is_leased", {"token": "t"}),
        ("ck_tryouts_over_has_time", {"state": TaskState.DONE}),
        ("ck_tryouts_failed_has_reason", {"state": TaskState.FAILED, "finished_at": utcnow()}),
        ("ck_tryouts_tries_not_negative", {"tries": -1}),
    ],
)
def test_a_check_holds(site: Site, constraint: str, fields: dict[str, Any]) -> None:
    site.exercise()
    with pytest.raises(IntegrityError, match=constraint):
        site.add(tryout(site, **fields))


def test_a_user_has_one(site: Site) -> None:
    site.exercise()
    site.add(tryout(site))
    with pytest.raises(IntegrityError, match=r"UNIQUE constraint failed: tryouts.user_id"):
        site.add(tryout(site))


@pytest.mark.parametrize(
    ("words", "number"), [("ck_tryout_questions_number_from_one", 0), ("UNIQUE", 1)]
)
def test_questions_have_numbers_of_their_own(site: Site, words: str, number: int) -> None:
    site.exercise()
    site.add(tryout(site))
    site.add(TryoutQuestion(tryout_id=1, number=1, asked={}))
    with pytest.raises(IntegrityError, match=words):
        site.add(TryoutQuestion(tryout_id=1, number=number, asked={}))


def test_a_failure_has_a_cause(site: Site) -> None:
    site.exercise()
    with pytest.raises(IntegrityError, match="ck_tryout_failures_has_cause"):
        site.add(TryoutFailure(exercise_id="flask/books", worker="w", cause=""))


def test_questions_go_with_their_tryout(site: Site) -> None:
    site.exercise()
    site.add(tryout(site))
    site.add(TryoutQuestion(tryout_id=1, number=1, asked={}))
    with site.app.app_context():
        db.session.delete(db.session.query(Tryout).one())
        db.session.commit()
        assert db.session.query(TryoutQuestion).count() == 0
