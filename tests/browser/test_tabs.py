"""Several files stand in tabs that the arrow keys reach, each with an undo of its own."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import Cast
from tests.browser.people import Person

EXERCISE = "flask/books-crud"
NOTES = {"name": "notes.md", "text": "# Notes\n", "language": "markdown", "starter": "# Notes\n"}


def _add_a_file(route: Route) -> None:
    """The exercises of today have one file each, so the page gets another on its way here."""
    answer = route.fetch()
    script = r'(id="workbench-files">.*?)\](</script>)'
    text = re.sub(script, lambda m: f"{m[1]}, {json.dumps(NOTES)}]{m[2]}", answer.text())
    route.fulfill(response=answer, body=text)


def _with_two_files(cast: Cast) -> Person:
    ada = cast("ada")
    ada.register()
    ada.page.route(f"**/exercises/{EXERCISE}", _add_a_file)
    ada.open_exercise(EXERCISE)
    return ada


def _tab(ada: Person, name: str) -> Locator:
    return ada.page.get_by_role("tab", name=name)


def test_arrow_keys_move_between_files(cast: Cast) -> None:
    ada = _with_two_files(cast)
    _tab(ada, "app.py").focus()
    ada.page.keyboard.press("ArrowRight")
    expect(_tab(ada, "notes.md")).to_be_focused()
    expect(_tab(ada, "notes.md")).to_have_attribute("aria-selected", "true")
    expect(ada.editor).to_have_text("# Notes")
    ada.page.keyboard.press("ArrowRight")
    expect(_tab(ada, "app.py")).to_be_focused()
    expect(ada.editor).to_contain_text("create_app")


def test_undo_is_of_one_file_alone(cast: Cast) -> None:
    ada = _with_two_files(cast)
    ada.paste("first = 1")
    _tab(ada, "notes.md").click()
    ada.paste("second")
    ada.page.keyboard.press("Control+z")
    expect(ada.editor).to_have_text("# Notes")
    _tab(ada, "app.py").click()
    expect(ada.editor).to_have_text("first = 1")
