"""Running the visible tests before handing in."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.people import GRADING_MS, Person

EXERCISE = "sql/top-customers"


def see(person: Person, word: str) -> None:
    expect(person.result.locator(".verdict-word")).to_have_text(word, timeout=GRADING_MS)


def test_a_run_shows_the_visible_tests_and_counts_nowhere(
    cast: Cast, solution_of_customers: str
) -> None:
    learner = cast("learner")
    learner.register()
    learner.open_exercise(EXERCISE)
    learner.paste(solution_of_customers)
    learner.page.get_by_role("button", name="Run", exact=True).click()
    see(learner, "Visible tests passed")
    expect(learner.tests("passed")).to_have_count(2)
    expect(learner.result.locator(".verdict-score")).to_have_count(0)
    learner.page.reload()
    see(learner, "Visible tests passed")
    learner.open("/submissions")
    expect(learner.page.get_by_text("You have handed in nothing yet.")).to_be_visible()


def test_the_keys_run_and_submit(cast: Cast, solution_of_customers: str) -> None:
    learner = cast("learner")
    learner.register()
    learner.open_exercise(EXERCISE)
    learner.paste("SELECT 1")
    learner.page.keyboard.press("Control+Enter")
    see(learner, "Failed")
    expect(learner.result.get_by_text("A run is not scored.")).to_be_visible()
    expect(learner.tests("failed")).to_have_count(2)
    learner.paste(solution_of_customers)
    learner.page.keyboard.press("Control+Shift+Enter")
    see(learner, "Passed")
    expect(learner.tests("passed")).to_have_count(11)


def test_a_run_after_a_failed_submission_says_nothing_of_hidden_tests(cast: Cast) -> None:
    learner = cast("learner")
    learner.register()
    learner.solve(EXERCISE, "SELECT 1", "Failed")
    hidden = learner.result.get_by_text("tests are hidden")
    learner.page.reload()
    learner.editor.wait_for()
    expect(hidden).to_be_visible()
    expect(learner.result.get_by_role("link", name="To the first test")).to_be_visible()
    learner.page.get_by_role("button", name="Run", exact=True).click()
    expect(learner.result.get_by_text("A run is not scored.")).to_be_visible(timeout=GRADING_MS)
    expect(hidden).to_be_hidden()
