"""Everything can be done in a browser without scripts, only less comfortably."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from tests.browser.conftest import Cast
from tests.browser.people import GRADING_MS


def test_a_plain_form_submits_and_the_verdict_page_has_the_result(
    cast: Cast, solution_of_customers: str
) -> None:
    ada = cast("ada", java_script_enabled=False)
    ada.register()
    ada.open("/exercises/sql/top-customers")
    ada.page.get_by_label("query.sql").fill(solution_of_customers)
    ada.submit()
    _load_again_until_graded(ada.page)
    expect(ada.result.locator(".verdict-word")).to_have_text("Passed")
    expect(ada.tests("passed").first).to_be_visible()


def test_a_refused_form_keeps_what_was_typed(cast: Cast) -> None:
    ada = cast("ada", java_script_enabled=False)
    ada.register()
    ada.watch.expect("status of 422")
    ada.open("/exercises/sql/top-customers")
    ada.page.get_by_label("query.sql").fill("-- a" + " long" * 60_000 + " thought")
    ada.submit()
    expect(ada.page.get_by_text("at most 262,144 are allowed")).to_be_visible()
    assert "long thought" in ada.page.get_by_label("query.sql").input_value()


def _load_again_until_graded(page: Page) -> None:
    """As a person would, by hand."""
    deadline = time.monotonic() + GRADING_MS / 1000
    while page.locator(".verdict-word").count() == 0 and time.monotonic() < deadline:
        page.wait_for_timeout(300)
        page.reload()
