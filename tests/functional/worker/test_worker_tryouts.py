"""Tryouts, kept by a real worker in real sandboxes."""

from __future__ import annotations

import os
import signal
from typing import Any, Final, cast

from sqlalchemy import select

from backyard.submissions.tasks import TaskState
from backyard.tryouts.models import Tryout, TryoutQuestion
from tests.functional.worker.conftest import EXERCISE, Place, sandboxes_of, wait_for

APP: Final = """
from flask import Flask

def create_app():
    app = Flask(__name__)
    visits = []

    @app.get("/visits")
    def count():
        visits.append(1)
        return str(len(visits))

    return app
"""
VISIT: Final = {"method": "GET", "path": "/visits", "headers": [], "body": ""}


def begin(place: Place, user_id: int = 1) -> int:
    """A tryout of `APP`; its id."""
    row = Tryout(
        user_id=user_id, exercise_id=EXERCISE, content_hash="a" * 64, files={"app.py": APP}
    )
    with place.sessions.begin() as session:
        session.add(row)
    return row.id


def ask(place: Place, tryout: int, number: int) -> dict[str, Any]:
    """Put a question, and wait for its answer."""
    with place.sessions.begin() as session:
        session.add(TryoutQuestion(tryout_id=tryout, number=number, asked=VISIT))
    wanted = select(TryoutQuestion.answer).where(
        TryoutQuestion.tryout_id == tryout, TryoutQuestion.number == number
    )

    def answer() -> dict[str, Any] | None:
        with place.sessions() as session:
            return cast("dict[str, Any] | None", session.scalars(wanted).one())

    wait_for(answer, 60, "an answer")
    found = answer()
    assert found is not None
    return found


def body(answer: dict[str, Any]) -> str:
    return str(answer["exchange"]["response"]["body"])


def test_one_application_answers_until_it_is_closed(place: Place) -> None:
    worker = place.worker()
    tryout = begin(place)
    assert [body(ask(place, tryout, number)) for number in (1, 2)] == ["1", "2"]
    with place.sessions.begin() as session:
        session.delete(session.get_one(Tryout, tryout))
    wait_for(lambda: "tryout closed" in place.log_text(), 30, "the end of the tryout")
    assert worker.poll() is None


def test_each_user_has_an_application_of_their_own(place: Place) -> None:
    place.worker()
    first, second = begin(place, 1), begin(place, 2)
    assert body(ask(place, first, 1)) == body(ask(place, second, 1)) == "1"


def test_no_more_are_kept_than_there_is_room_for(place: Place) -> None:
    place.worker(BACKYARD_TRYOUTS="1")
    first = begin(place, 1)
    ask(place, first, 1)
    second = begin(place, 2)
    with place.sessions() as session:
        assert session.get_one(Tryout, second).state is TaskState.QUEUED
    with place.sessions.begin() as session:
        session.delete(session.get_one(Tryout, first))
    assert body(ask(place, second, 1)) == "1"


def test_another_worker_goes_on_where_one_was_stopped(place: Place) -> None:
    first = place.worker()
    tryout = begin(place)
    assert body(ask(place, tryout, 1)) == "1"
    os.kill(first.pid, signal.SIGTERM)
    first.wait(40)
    assert sandboxes_of(first.pid) == []
    place.worker()
    assert body(ask(place, tryout, 2)) == "1"  # started anew


def test_submissions_are_graded_beside_it(place: Place) -> None:
    place.worker()
    tryout = begin(place)
    ask(place, tryout, 1)
    place.await_verdict(place.hand_in())
    assert body(ask(place, tryout, 2)) == "2"
