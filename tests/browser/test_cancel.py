"""Whoever sees that the submission was a mistake need not wait for its verdict."""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.looks import accessibility_problems, overflow
from tests.browser.people import GRADING_MS, Person

BOOKS: Final = "/exercises/flask/books-crud"

ENDLESS: Final = """
from flask import Flask

def create_app(*_):
    app = Flask(__name__)

    @app.before_request
    def spin():
        while True:
            pass

    return app
"""


def hand_in_endless(person: Person) -> None:
    """Have an endless loop under way."""
    person.register()
    person.open_exercise("flask/books-crud")
    person.paste(ENDLESS)
    person.submit()
    expect(person.result).to_have_attribute("data-state", "running", timeout=GRADING_MS)


def expect_cancelled(person: Person) -> None:
    """See that it is over, and that nothing asks for patience any more."""
    expect(person.result.locator(".verdict-word")).to_have_text("Cancelled")
    expect(person.tests("pending")).to_have_count(0)
    expect(person.page.get_by_role("button", name="Cancel")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_keyboard_cancels_on_the_exercise_page(cast: Cast, width: int) -> None:
    ada = cast("ada", viewport={"width": width, "height": 800})
    hand_in_endless(ada)
    button = ada.page.get_by_role("button", name="Cancel this submission")
    assert (overflow(ada.page), accessibility_problems(ada.page, "Exercise, being graded")) == (
        0,
        [],
    )
    button.focus()
    ada.page.keyboard.press("Enter")
    expect_cancelled(ada)
    expect(ada.page).to_have_title(re.compile("Cancelled"))
    expect(ada.result).to_be_focused()
    assert (overflow(ada.page), accessibility_problems(ada.page, "Exercise, cancelled")) == (0, [])


def test_after_a_cancelling_one_submits_and_cancels_again(cast: Cast) -> None:
    ada = cast("ada")
    hand_in_endless(ada)
    for _ in range(2):
        ada.page.get_by_role("button", name="Cancel").click()
        expect_cancelled(ada)
        ada.submit()
        expect(ada.result).to_have_attribute("data-state", "running", timeout=GRADING_MS)
    ada.page.get_by_role("button", name="Cancel").click()
    expect_cancelled(ada)


@pytest.mark.parametrize("place", ["verdict page", "history"])
def test_without_scripts_a_form_does_it(cast: Cast, place: str) -> None:
    ada = cast("ada", java_script_enabled=False)
    ada.register()
    ada.open(BOOKS)
    ada.page.get_by_label("app.py").fill(ENDLESS)
    ada.submit()
    if place == "history":
        ada.page.get_by_role("link", name="History").click()
    ada.page.get_by_role("button", name="Cancel").click()
    expect(ada.page.get_by_text("The submission is cancelled.")).to_be_visible()
    if place == "history":
        expect(ada.page.get_by_role("row", name="A shelf of books")).to_contain_text("Cancelled")
        ada.page.get_by_role("row").get_by_role("link").click()
    expect_cancelled(ada)
