"""Times are those of the reader's own clock, with the server's words where no script ran."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Cast

CUSTOMERS = "sql/top-customers"
HISTORY = f"/submissions?exercise={CUSTOMERS}"


def test_times_are_the_readers_own_wherever_they_stand(
    cast: Cast, solution_of_customers: str
) -> None:
    ada = cast("ada", timezone_id="Asia/Kathmandu", locale="en-GB")
    ada.register()
    for _ in range(2):
        ada.solve(CUSTOMERS, solution_of_customers)
    ada.open(HISTORY)
    mark = ada.page.get_by_role("checkbox").first
    stamp = ada.page.get_by_role("row").get_by_role("link").locator("time").first
    utc = stamp.get_attribute("title") or ""
    assert re.fullmatch(r"\d\d \w+ \d{4}, \d\d:\d\d UTC", utc)
    # Kathmandu is a quarter of an hour off every full hour.
    minutes = (int(utc[-6:-4]) + 45) % 60
    expect(stamp).to_have_text(re.compile(rf":{minutes:02}$"))
    expect(mark).to_have_accessible_name(re.compile(rf"^Compare the one of .*:{minutes:02}:\d\d$"))
    expect(ada.page.locator("main")).not_to_contain_text("UTC")
    ada.open("/portfolio")
    offered = ada.page.get_by_label("The best customers").get_by_role("option").last
    expect(offered).to_have_text(re.compile(rf":{minutes:02}:\d\d$"))


def test_without_scripts_times_are_in_utc(cast: Cast, solution_of_customers: str) -> None:
    ada = cast("ada", java_script_enabled=False)
    ada.register()
    ada.open(f"/exercises/{CUSTOMERS}")
    ada.page.locator("textarea").first.fill(solution_of_customers)
    ada.page.get_by_role("button", name="Submit", exact=True).click()
    ada.open(HISTORY)
    expect(ada.page.locator("time").first).to_have_text(re.compile(r"\d\d:\d\d UTC$"))
