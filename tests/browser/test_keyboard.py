"""From log-in to verdict without a mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.people import GRADING_MS, PASSWORD, Person

MOST = 80
"""Steps of the Tab key after which somebody would give up."""


def tab_to(person: Person, wanted: Locator) -> None:
    """Press Tab until `wanted` has the focus; Escape before it leads out of the editor."""
    for _ in range(MOST):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        person.page.keyboard.press("Escape")
        person.page.keyboard.press("Tab")
    expect(wanted).to_be_focused()


def test_from_log_in_to_the_verdict(cast: Cast, solution_of_customers: str) -> None:
    ada = cast("ada")
    ada.register()
    ada.page.context.clear_cookies()
    page, keys = ada.page, ada.page.keyboard
    ada.open("/login")
    tab_to(ada, page.get_by_label("Username or email address"))
    keys.type(ada.name)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    tab_to(ada, page.get_by_role("link", name="Exercises", exact=True))
    keys.press("Enter")
    tab_to(ada, page.get_by_role("link", name="The best customers", exact=True))
    keys.press("Enter")
    expect(ada.editor).to_be_visible()
    tab_to(ada, ada.editor)
    keys.press("Control+a")
    keys.type("select 1;")
    keys.press("Control+Enter")
    expect(ada.result.locator(".verdict-word")).to_have_text("Failed", timeout=GRADING_MS)
    expect(ada.editor).to_be_focused()
    keys.press("Control+a")
    keys.insert_text(solution_of_customers)
    keys.press("Escape")  # closes what the editor offers
    keys.press("Escape")
    keys.press("Tab")
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    ada.see_verdict("Passed")


def test_the_console_by_keyboard(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    ada.open_exercise("sql/top-customers")
    keys = ada.page.keyboard
    tab_to(ada, ada.page.get_by_role("tab", name="Tests", exact=True))
    keys.press("ArrowRight")
    expect(ada.page.get_by_role("tab", name="Try it")).to_be_focused()
    tab_to(ada, ada.page.get_by_label("Statement", exact=True))
    keys.type("SELECT 42 AS answer")
    tab_to(ada, ada.page.get_by_role("button", name="Ask", exact=True))
    keys.press("Enter")
    expect(ada.page.locator("[data-slot=trying]")).to_have_text("1 row.", timeout=GRADING_MS)
