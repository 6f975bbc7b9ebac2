"""A cohort, from its making to its leaderboard."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.people import Person

CUSTOMERS = "sql/top-customers"


def _instructor(cast: Cast) -> Person:
    """An account that an admin made an instructor's."""
    teacher, admin = cast("teacher"), cast("admin")
    teacher.register()
    admin.log_in(admin.site.admin_password)
    admin.page.get_by_role("link", name="Users").click()
    admin.page.get_by_label("Username").fill(teacher.name)
    admin.page.get_by_label("Role", exact=True).select_option("instructor")
    admin.page.get_by_role("button", name="Set role").click()
    expect(admin.page.get_by_text(f"{teacher.name} is now: instructor.")).to_be_visible()
    return teacher


def _new_cohort(teacher: Person, name: str) -> str:
    """Make a cohort and return its join code."""
    teacher.open("/cohorts")
    teacher.page.get_by_label("Name").fill(name)
    teacher.page.get_by_role("button", name="Make cohort").click()
    return teacher.page.locator(".join-code").inner_text()


def _join(learner: Person, code: str) -> None:
    learner.open("/cohorts")
    learner.page.get_by_label("code").fill(code)
    learner.page.get_by_role("button", name="Join").click()
    expect(learner.page.get_by_text("You are in the cohort")).to_be_visible()


def test_a_learner_joins_by_code_and_climbs_the_leaderboard(
    cast: Cast, solution_of_customers: str
) -> None:
    code = _new_cohort(_instructor(cast), "Spring")
    ada, bob = cast("ada"), cast("bob")
    for learner in (ada, bob):
        learner.register()
        _join(learner, code)
    bob.solve(CUSTOMERS, solution_of_customers)
    ada.page.reload()
    first = ada.page.locator(".leaderboard tbody tr").first
    expect(first).to_contain_text(bob.name)
    expect(ada.page.locator(".leaderboard tbody tr").nth(1)).to_contain_text(ada.name)


def test_a_stranger_finds_no_cohort(cast: Cast) -> None:
    teacher, stranger = _instructor(cast), cast("stranger")
    _new_cohort(teacher, "Autumn")
    stranger.register()
    answer = stranger.page.request.get(teacher.page.url)
    assert answer.status == 404
    assert "Autumn" not in answer.text()
