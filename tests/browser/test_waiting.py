"""Who waits longer than a moment is told for how long."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.browser.conftest import Cast

CUSTOMERS = "sql/top-customers"


def test_a_wait_is_counted_also_after_a_reload_and_no_longer_than_it_lasts(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    held: list[Route] = []
    ada.watch.expect("ERR_ABORTED")
    ada.page.route("**/events", lambda route: held.append(route))
    ada.page.route("**/state?*", lambda route: held.append(route))
    ada.paste("select pg_sleep(600);")
    ada.submit()
    waited = ada.result.locator("[data-slot=elapsed]")
    expect(waited).to_have_text(re.compile(r"^[5-9] s so far\.$"))
    assert waited.evaluate("one => one.closest('[role=status], [aria-live]')") is None
    ada.page.unroute("**/events")
    ada.page.unroute("**/state?*")
    ada.page.reload()
    # Counted from the reload, it would take five seconds until there is a word.
    expect(waited).to_have_text(re.compile(r"^\d+ s so far\.$"), timeout=4_000)
    ada.page.get_by_role("button", name="Cancel").click()
    expect(ada.result.locator(".verdict-word")).to_have_text("Cancelled")
    expect(waited).to_have_text("")
