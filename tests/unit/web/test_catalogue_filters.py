"""Choosing and searching in the catalogue, by an address alone."""

from __future__ import annotations

import re

import pytest

from grader.exercise import Difficulty
from tests.unit.web.conftest import Site

CATALOGUE = {
    "flask/books": {"skills": ["http", "json"], "title": "A shelf of books"},
    "flask/login": {"skills": ["http", "password-hashing"], "difficulty": Difficulty.HARD},
    "sql/joins": {"skills": ["sql", "joins"], "summary": "Who bought WHAT in the shop."},
}


@pytest.fixture(autouse=True)
def filled(site: Site) -> None:
    for name, fields in CATALOGUE.items():
        site.exercise(name, **fields)
    site.progress("member", "flask/books", 3)
    site.progress("member", "flask/login", 1)


def found(site: Site, query: str, name: str = "member") -> set[str]:
    """The slugs of the exercises that a page shows."""
    page = site.browser(name).get(f"/exercises?{query}").text
    return set(re.findall(r'stretched-link" href="/exercises/\w+/([\w-]+)"', page))


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", {"books", "login", "joins"}),
        ("track=sql", {"joins"}),
        ("skill=http", {"books", "login"}),
        ("difficulty=hard", {"login"}),
        ("state=passed", {"books"}),
        ("state=tried", {"login"}),
        ("state=not+started", {"joins"}),
        ("skill=http&state=tried", {"login"}),
        ("q=SHELF", {"books"}),
        ("q=what+bought", {"joins"}),
        ("q=password+hashing", {"login"}),
        ("q=password-hashing", {"login"}),
        ("q=flask", {"books", "login"}),
        ("q=nothing-like-it", set()),
        ("track=gone&difficulty=impossible&state=x&skill=", {"books", "login", "joins"}),
    ],
)
def test_what_an_address_asks_for_is_shown(site: Site, query: str, slugs: set[str]) -> None:
    assert found(site, query) == slugs


def test_the_form_keeps_what_was_chosen_and_says_how_many_fit(site: Site) -> None:
    page = site.browser("member").get("/exercises?q=%22a%3Cb&track=flask").text
    assert 'value="&#34;a&lt;b"' in page
    assert re.search(r'<option value="flask" selected>Flask', page)
    assert "0 of 3 exercises fit." in page
    assert "No exercise fits." in page
    one = site.browser("member").get("/exercises?track=sql").text
    assert "1 of 3 exercises fits." in one


def test_what_is_found_says_its_track(site: Site) -> None:
    assert "<span>SQL</span>" in site.browser("member").get("/exercises?q=bought").text


def test_strangers_have_no_states_to_choose_from(site: Site) -> None:
    page = site.nobody().get("/exercises?state=passed").text
    assert 'name="state"' not in page
    assert page.count("stretched-link") == 3
