"""On a phone: the parts of the exercise page stand behind tabs, and fingers reach everything."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.looks import accessibility_problems, overflow
from tests.browser.people import GRADING_MS, PASSWORD, Person
from tests.browser.pictures import PHONE, take

CUSTOMERS = "sql/top-customers"


def _on_a_phone(cast: Cast) -> Person:
    ada = cast("ada", **PHONE)
    ada.register()
    ada.open(f"/exercises/{CUSTOMERS}")
    return ada


def _tab(ada: Person, name: str) -> Locator:
    return ada.page.get_by_role("tab", name=name, exact=True)


def _look(ada: Person, name: str) -> None:
    """See that the page is whole and can be read by everybody."""
    assert overflow(ada.page) <= 0
    assert accessibility_problems(ada.page, f"Phone: {name}") == []


def test_from_log_in_to_verdict_with_a_finger(
    cast: Cast, exercises: Path, solution_of_customers: str
) -> None:
    ada = cast("ada", **PHONE)
    ada.register()
    ada.page.context.clear_cookies()
    ada.open("/login")
    ada.page.get_by_label("Username or email address").fill(ada.name)
    ada.page.get_by_label("Password").fill(PASSWORD)
    ada.page.get_by_role("button", name="Log in").tap()
    ada.page.get_by_role("link", name="Exercises", exact=True).tap()
    ada.page.get_by_role("link", name="The best customers", exact=True).tap()
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("The best customers")
    _look(ada, "statement")
    _tab(ada, "Code").tap()
    wrong = exercises / CUSTOMERS / "solutions" / "wrong" / "dense-rank" / "query.sql"
    ada.paste(wrong.read_text())
    _look(ada, "code")
    ada.page.get_by_role("button", name="Submit", exact=True).tap()
    ada.see_verdict("Failed")
    expect(ada.tests("failed").first).to_be_in_viewport()
    _look(ada, "result")
    take(ada.page, "phone")
    _tab(ada, "Code").tap()
    ada.paste(solution_of_customers)
    ada.page.get_by_role("button", name="Run", exact=True).tap()
    expect(ada.result).to_be_in_viewport()
    ada.see_verdict("Visible tests passed")
    _tab(ada, "Code").tap()
    ada.page.get_by_role("button", name="Submit", exact=True).tap()
    ada.see_verdict("Passed")


def test_the_console_with_a_finger(cast: Cast) -> None:
    ada = _on_a_phone(cast)
    _tab(ada, "Result").tap()
    _tab(ada, "Try it").tap()
    ada.page.get_by_label("Statement", exact=True).fill("SELECT 42 AS answer")
    ada.page.get_by_role("button", name="Ask", exact=True).tap()
    expect(ada.page.locator(".tryit-answer")).to_contain_text("42", timeout=GRADING_MS)
    _look(ada, "Try it")


def test_on_a_phone_three_tabs_lead_through_the_page(cast: Cast) -> None:
    ada = _on_a_phone(cast)
    heading = ada.page.get_by_role("heading", level=1)
    expect(heading).to_be_visible()
    expect(ada.editor).to_be_hidden()
    _tab(ada, "Statement").focus()
    ada.page.keyboard.press("ArrowRight")
    expect(_tab(ada, "Code")).to_be_focused()
    expect(ada.editor).to_be_visible()
    expect(heading).to_be_hidden()
    ada.page.keyboard.press("End")
    expect(ada.page.get_by_role("tabpanel", name="Result")).to_be_visible()
    expect(ada.editor).to_be_hidden()


def test_the_keys_of_a_keyboard_lead_to_the_result(cast: Cast) -> None:
    ada = _on_a_phone(cast)
    _tab(ada, "Code").click()
    ada.paste("select 1;")
    ada.page.keyboard.press("Control+Enter")
    expect(_tab(ada, "Result")).to_be_focused()
    expect(ada.result.locator(".verdict-word")).to_have_text("Failed", timeout=GRADING_MS)
    expect(ada.result).to_be_visible()


def test_a_link_to_a_line_brings_the_code_to_the_front(cast: Cast) -> None:
    ada = cast("ada", **PHONE)
    ada.register()
    ada.open(f"/exercises/{CUSTOMERS}#file=query.sql&line=1")
    expect(ada.editor).to_be_focused()
    expect(_tab(ada, "Code")).to_have_attribute("aria-selected", "true")


def test_without_scripts_all_three_stand_one_below_the_other(cast: Cast) -> None:
    ada = cast("ada", **PHONE, java_script_enabled=False)
    ada.register()
    ada.open(f"/exercises/{CUSTOMERS}")
    expect(ada.page.get_by_role("heading", level=1)).to_be_visible()
    expect(ada.page.get_by_label("query.sql")).to_be_visible()
    expect(ada.result).to_be_visible()
    expect(_tab(ada, "Code")).to_be_hidden()
