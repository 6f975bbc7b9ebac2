"""Times are those of the reader's own zone, on every page that has some."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast

CUSTOMERS = "sql/top-customers"
ZONE = "Asia/Kolkata"  # half past is where others have the full hour


def _expect_local(shown: Locator, attribute: str) -> None:
    stamp = shown.get_attribute(attribute)
    assert stamp
    local = datetime.fromisoformat(stamp).astimezone(ZoneInfo(ZONE))
    expect(shown).to_contain_text(f"{local:%H:%M}")
    expect(shown).not_to_contain_text("UTC")


def test_a_submission_has_the_same_local_time_wherever_it_is_named(
    cast: Cast, solution_of_customers: str
) -> None:
    ada = cast("ada", timezone_id=ZONE, locale="en-GB")
    ada.register()
    ada.solve(CUSTOMERS, solution_of_customers)
    ada.open("/")
    _expect_local(ada.page.locator("time").first, "datetime")
    ada.open("/portfolio")
    _expect_local(ada.page.locator("option[data-time]").first, "data-time")
    ada.open(f"/exercises/{CUSTOMERS}/solutions")
    _expect_local(
        ada.page.get_by_role("button", name="Share this solution").locator("time"), "datetime"
    )
