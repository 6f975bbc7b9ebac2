"""The start page and the catalogue."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import inspect

from backyard.accounts.models import User
from backyard.catalog import services
from backyard.catalog.services import Standing, Track
from tests.unit.web.conftest import Site


def tracks(site: Site, name: str | None) -> list[Track]:
    """The catalogue as somebody sees it."""
    user: User | None = site.user(name) if name else None
    with site.app.app_context():
        return services.tracks(user)


def standings(site: Site, name: str | None) -> dict[str, tuple[Standing, int | None]]:
    """Where somebody stands, by exercise."""
    cards = [card for track in tracks(site, name) for card in track.cards]
    return {card.exercise.slug: (card.standing, card.best_score) for card in cards}


def test_a_learner_sees_where_they_stand(site: Site) -> None:
    for slug in ("a-passed", "b-tried", "c-new"):
        site.exercise(f"flask/{slug}")
    site.progress("member", "flask/a-passed", 3)
    site.progress("member", "flask/b-tried", 2)
    assert standings(site, "member") == {
        "a-passed": (Standing.PASSED, 100),
        "b-tried": (Standing.TRIED, 66),
        "c-new": (Standing.NOT_STARTED, None),
    }
    page = re.sub(r"\s+", " ", site.browser("member").get("/exercises").text)
    assert "1 of 3 passed" in page
    assert "tried, best 66 %" in page


def test_a_passed_exercise_stays_passed_when_it_grew(site: Site) -> None:
    site.exercise(points=5)
    site.progress("member", "flask/books", 3)
    assert standings(site, "member")["books"][0] is Standing.PASSED


def test_nobody_sees_where_others_stand(site: Site) -> None:
    site.exercise()
    site.progress("member", "flask/books", 3)
    for name in ("stranger", "instructor", None):
        assert standings(site, name)["books"] == (Standing.NOT_STARTED, None)


def test_without_log_in_there_are_exercises_but_no_standings(site: Site) -> None:
    site.exercise()
    page = site.nobody().get("/exercises").text
    assert "Title of books" in page
    assert "not started" not in page
    assert "Make an account" in page


@pytest.mark.parametrize(
    ("fields", "seen_by"),
    [
        ({}, {None, "member", "instructor", "admin"}),
        ({"broken_reason": "README.md is missing."}, {None, "member", "instructor", "admin"}),
        ({"content_hash": ""}, {"instructor", "admin"}),
        ({"retired": True}, set()),
    ],
    ids=["open", "broken", "never published", "retired"],
)
def test_who_sees_an_exercise(site: Site, fields: dict[str, Any], seen_by: set[object]) -> None:
    site.exercise(**fields)
    people = (None, "member", "instructor", "admin")
    assert {name for name in people if standings(site, name)} == seen_by


def test_teachers_are_told_why_an_exercise_is_not_published(site: Site) -> None:
    site.exercise(broken_reason="README.md is <b>missing</b>.", content_hash="")
    assert "README.md is &lt;b&gt;missing" in site.browser("instructor").get("/exercises").text
    assert "missing" not in site.browser("member").get("/exercises").text


def test_only_teachers_are_told_that_an_exercise_broke(site: Site) -> None:
    site.exercise(broken_reason="README.md is missing.")
    assert "Broken in its source" in site.browser("instructor").get("/exercises").text
    for browser in (site.browser("member"), site.nobody()):
        assert "Broken in its source" not in browser.get("/exercises").text


def test_tracks_are_sorted_and_exercises_in_their_order(site: Site) -> None:
    site.exercise("sql/late", position=2)
    site.exercise("sql/early", position=1)
    site.exercise("flask/only", position=3)
    found = [
        (track.title, [card.exercise.slug for card in track.cards]) for track in tracks(site, None)
    ]
    assert found == [("Flask", ["only"]), ("SQL", ["early", "late"])]


@pytest.mark.parametrize(
    ("slug", "title"), [("sql", "SQL"), ("rest-api", "Rest API"), ("schema", "Schema")]
)
def test_a_track_has_a_title_for_people(slug: str, title: str) -> None:
    assert Track(slug, ()).title == title


def test_a_list_of_exercises_is_read_without_their_long_texts(site: Site) -> None:
    site.exercise()
    [track] = tracks(site, "member")
    left = {"statement", "starter", "hints", "tests"}
    assert inspect(track.cards[0].exercise).unloaded == left


def test_an_empty_catalogue_says_what_to_do(site: Site) -> None:
    assert "backyard setup" in site.nobody().get("/exercises").text


def test_the_start_page_is_for_strangers(site: Site) -> None:
    site.exercise()
    assert "1 exercise<" in site.nobody().get("/").text
    assert "Make an account" not in site.browser("member").get("/").text
