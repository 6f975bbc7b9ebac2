"""Nobody reads what another one handed in."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Cast

CUSTOMERS = "sql/top-customers"


def test_two_learners_cannot_read_each_others_submissions(cast: Cast) -> None:
    ada, bob = cast("ada"), cast("bob")
    for person in (ada, bob):
        person.register()
        person.solve(CUSTOMERS, f"select 'secret of {person.name}';", "Failed")
    for reader, owner in ((ada, bob), (bob, ada)):
        address = _address_of_last_submission(owner.page)
        for part in ("", "/events", "/state"):
            answer = reader.page.request.get(owner.site.url + address + part)
            assert answer.status == 404
            assert "secret" not in answer.text()


def _address_of_last_submission(page: Page) -> str:
    page.get_by_role("link", name="History").click()
    link = page.get_by_role("row").get_by_role("link").first
    expect(link).to_be_visible()
    return link.get_attribute("href") or ""
