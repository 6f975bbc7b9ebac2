"""Several files stand in tabs that the arrow keys reach; Undo is of one file, a reset of all."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.people import Person

EXERCISE = "orm/n-plus-one"
APP, MODELS = "app.py", "models.py"


def _with_two_files(cast: Cast) -> Person:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(EXERCISE)
    return ada


def _tab(ada: Person, name: str) -> Locator:
    return ada.page.get_by_role("tab", name=name)


def _write_both(ada: Person) -> None:
    ada.paste("first = 1")
    _tab(ada, MODELS).click()
    ada.paste("second = 2")


def test_arrow_keys_move_between_files(cast: Cast) -> None:
    ada = _with_two_files(cast)
    _tab(ada, APP).focus()
    ada.page.keyboard.press("ArrowRight")
    expect(_tab(ada, MODELS)).to_be_focused()
    expect(_tab(ada, MODELS)).to_have_attribute("aria-selected", "true")
    expect(ada.editor).to_have_accessible_name("Code of models.py")
    ada.page.keyboard.press("ArrowRight")
    expect(_tab(ada, APP)).to_be_focused()
    expect(ada.editor).to_contain_text("create_app")


def test_undo_is_of_one_file_alone(cast: Cast) -> None:
    ada = _with_two_files(cast)
    _write_both(ada)
    ada.page.keyboard.press("Control+z")
    expect(ada.editor).to_contain_text("class Room")
    _tab(ada, APP).click()
    expect(ada.editor).to_have_text("first = 1")


def test_undo_and_redo_of_a_reset_are_of_all_files(cast: Cast) -> None:
    ada = _with_two_files(cast)
    _write_both(ada)
    ada.page.get_by_role("button", name="Back to starter").click()
    expect(ada.editor).to_contain_text("import")
    ada.editor.click()
    ada.page.keyboard.press("Control+z")
    expect(ada.editor).to_have_text("second = 2")
    _tab(ada, APP).click()
    expect(ada.editor).to_have_text("first = 1")
    ada.editor.click()
    ada.page.keyboard.press("Control+y")
    expect(ada.editor).to_contain_text("create_app")
    _tab(ada, MODELS).click()
    expect(ada.editor).to_contain_text("class Room")


def test_an_undo_that_concerns_another_file_shows_it(cast: Cast) -> None:
    ada = _with_two_files(cast)
    ada.paste("first = 1")
    _tab(ada, MODELS).click()
    ada.page.get_by_role("button", name="Back to starter").click()
    ada.editor.click()
    ada.page.keyboard.press("Control+z")
    expect(_tab(ada, APP)).to_have_attribute("aria-selected", "true")
    expect(ada.editor).to_have_text("first = 1")
    expect(ada.editor).to_be_focused()


def test_the_notes_undo_brings_back_all_files_and_what_came_after_can_be_redone(cast: Cast) -> None:
    ada = _with_two_files(cast)
    _write_both(ada)
    ada.page.get_by_role("button", name="Back to starter").click()
    ada.page.get_by_role("button", name="Undo").click()
    expect(ada.editor).to_have_text("second = 2")
    expect(ada.page.get_by_role("button", name="Undo")).to_be_hidden()
    _tab(ada, APP).click()
    expect(ada.editor).to_have_text("first = 1")
