"""Who stands where: points first, then who got there first."""

from __future__ import annotations

import pytest

from backyard.accounts.services import register
from backyard.cohorts.leaderboard import Standing, leaderboard
from tests.unit.web.conftest import PASSWORD, Site

MEMBERS = ("ada", "bob", "cleo", "dan")
EXERCISES = ("flask/books", "sql/top")


@pytest.fixture
def cohort(site: Site) -> int:
    """A cohort of four, and two exercises of three points each."""
    with site.app.app_context():
        for name in MEMBERS:
            register(name, f"{name}@example.org", PASSWORD)
    for exercise in EXERCISES:
        site.exercise(exercise)
    return site.cohort("Spring", "instructor", *MEMBERS).id


def board(site: Site, cohort: int) -> list[Standing]:
    with site.app.app_context():
        return leaderboard(cohort)


def ranks(site: Site, cohort: int) -> list[tuple[int, str, int]]:
    return [(row.rank, row.username, row.points) for row in board(site, cohort)]


def test_before_the_first_verdict_all_share_the_first_rank(site: Site, cohort: int) -> None:
    assert ranks(site, cohort) == [(1, name, 0) for name in MEMBERS]
    assert {row.reached_at for row in board(site, cohort)} == {None}


def test_most_points_come_first(site: Site, cohort: int) -> None:
    site.progress("cleo", "flask/books", 3)
    site.progress("cleo", "sql/top", 1)
    site.progress("bob", "flask/books", 3)
    site.progress("dan", "flask/books", 1)
    assert ranks(site, cohort) == [(1, "cleo", 4), (2, "bob", 3), (3, "dan", 1), (4, "ada", 0)]


def test_among_equals_who_got_there_first_comes_first(site: Site, cohort: int) -> None:
    site.progress("ada", "flask/books", 3, minute=30)
    site.progress("bob", "flask/books", 3, minute=10)
    site.progress("cleo", "flask/books", 3, minute=20)
    assert [row[1] for row in ranks(site, cohort)] == ["bob", "cleo", "ada", "dan"]


def test_one_gets_there_with_the_last_of_the_points(site: Site, cohort: int) -> None:
    site.progress("ada", "flask/books", 3, minute=1)
    site.progress("ada", "sql/top", 1, minute=50)
    site.progress("bob", "flask/books", 2, minute=20)
    site.progress("bob", "sql/top", 2, minute=40)
    first, second = board(site, cohort)[:2]
    assert (first.username, second.username) == ("bob", "ada")
    assert second.reached_at
    assert second.reached_at.minute == 50


def test_equals_at_the_same_instant_share_a_rank_and_the_next_is_one_more(
    site: Site, cohort: int
) -> None:
    for name in ("cleo", "ada"):
        site.progress(name, "flask/books", 3, minute=10)
    site.progress("bob", "flask/books", 1, minute=5)
    assert ranks(site, cohort) == [(1, "ada", 3), (1, "cleo", 3), (2, "bob", 1), (3, "dan", 0)]


def test_a_try_without_points_moves_nobody(site: Site, cohort: int) -> None:
    site.progress("ada", "flask/books", 2, minute=10)
    site.progress("ada", "sql/top", 0, minute=50)
    site.progress("bob", "flask/books", 2, minute=20)
    site.progress("dan", "sql/top", 0, minute=1)
    assert ranks(site, cohort) == [(1, "ada", 2), (2, "bob", 2), (3, "cleo", 0), (3, "dan", 0)]


def test_what_was_passed_is_counted(site: Site, cohort: int) -> None:
    site.progress("ada", "flask/books", 3)
    site.progress("ada", "sql/top", 2)
    assert [row.passed for row in board(site, cohort)] == [1, 0, 0, 0]


def test_only_members_are_on_it(site: Site, cohort: int) -> None:
    for name in ("stranger", "instructor"):
        site.progress(name, "flask/books", 3)
    assert {row.username for row in board(site, cohort)} == set(MEMBERS)


def test_one_learner_stands_in_two_cohorts(site: Site, cohort: int) -> None:
    other = site.cohort("Autumn", "colleague", "ada", "stranger").id
    site.progress("ada", "flask/books", 3)
    assert ranks(site, other) == [(1, "ada", 3), (2, "stranger", 0)]
    assert ranks(site, cohort)[0] == (1, "ada", 3)


def test_the_page_shows_the_board_and_marks_whose_row_it_is(site: Site, cohort: int) -> None:
    site.progress("bob", "flask/books", 3)
    bob = site.nobody()
    bob.log_in("bob")
    page = bob.get(f"/cohorts/{cohort}").text
    assert page.index("bob") < page.index("ada")
    assert page.count("(you)") == 1
    assert 'datetime="2026-01-01T01:00:00+00:00"' in page
    assert "not yet" in page
