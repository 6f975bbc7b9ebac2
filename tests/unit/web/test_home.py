"""The start page of whoever is logged in."""

from __future__ import annotations

import re
from datetime import timedelta

from backyard.db import utcnow
from backyard.submissions.lifecycle import SubmissionState
from grader.verdict import Verdict
from tests.unit.web.conftest import Site


def text(page: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def home(site: Site, name: str = "member") -> str:
    return text(site.browser(name).get("/").text)


def submit(site: Site, exercise: str, points: int, days_ago: int = 0) -> None:
    when = utcnow() - timedelta(days=days_ago)
    site.submission(
        "member",
        exercise,
        state=SubmissionState.DONE,
        verdict=Verdict.PASSED if points == 3 else Verdict.FAILED,
        points=points,
        max_points=3,
        score=100 * points // 3,
        created_at=when,
        finished_at=when,
    )
    site.progress("member", exercise, points)


def test_the_first_time_it_says_where_to_begin(site: Site) -> None:
    site.exercise()
    page = home(site)
    assert "Welcome, member" in page
    assert "Begin here Title of books" in page
    assert "Where you were" not in page


def test_it_leads_back_to_what_was_not_passed_yet(site: Site) -> None:
    site.exercise()
    site.exercise("sql/other")
    submit(site, "flask/books", 1)
    page = home(site)
    assert "Where you were Title of books ✗ Failed 1 of 3 points" in page
    assert "Go on with it" in page
    assert "What next Title of other" in page


def test_after_a_pass_it_says_what_follows(site: Site) -> None:
    site.exercise()
    site.exercise("flask/next", after=["flask/books"])
    submit(site, "flask/books", 3)
    page = home(site)
    assert "Go on with it" not in page
    assert "You have passed “Title of books”, which comes before it." in page
    assert "1 of 2 exercises passed" in page


def test_what_somebody_is_at_alone_is_not_advised_again(site: Site) -> None:
    site.exercise()
    submit(site, "flask/books", 1)
    assert "There is nothing else to begin" in home(site)


def test_who_passed_everything_is_told(site: Site) -> None:
    site.exercise()
    submit(site, "flask/books", 3)
    assert "You have passed every exercise there is." in home(site)


def test_without_exercises_it_says_what_to_do(site: Site) -> None:
    assert "backyard setup" in home(site)


def test_a_submission_that_waits_is_told_and_one_to_a_retired_exercise_leads_nowhere(
    site: Site,
) -> None:
    site.exercise(retired=True)
    site.submission("member")
    page = site.browser("member").get("/").text
    assert "Being graded" in page
    assert 'href="/exercises/flask/books"' not in page


def test_days_of_practice_are_the_learners_own(site: Site) -> None:
    site.exercise()
    for days_ago in (0, 1, 2):
        site.submission("member", created_at=utcnow() - timedelta(days=days_ago))
    assert "3 days of practice in a row." in home(site)
    assert "3 days of practice" not in home(site, "stranger")


def test_the_map_links_every_exercise_and_says_in_words_what_comes_before(site: Site) -> None:
    site.exercise()
    site.exercise("sql/next", after=["flask/books"])
    page = site.browser("member").get("/").text
    map_of_it = page[page.index("map-lanes") :]
    assert 'href="/exercises/flask/books"' in map_of_it
    assert 'href="/exercises/sql/next"' in map_of_it
    assert "after Title of books" in text(map_of_it)
    assert page.count("<path") == 1


def test_pages_have_no_style_attributes_which_the_policy_forbids(site: Site) -> None:
    site.exercise()
    for page in (site.browser("member").get("/").text, site.nobody().get("/").text):
        assert "style=" not in page


def test_titles_are_escaped(site: Site) -> None:
    site.exercise(title="<script>x</script>", skills=["http"])
    submit(site, "flask/books", 1)
    for path in ("/", "/exercises"):
        assert "<script>x" not in site.browser("member").get(path).text
