"""Where an exercise allows it, people add, rename and delete files; and Undo takes that back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.looks import accessibility_problems, overflow
from tests.browser.people import Person
from tests.browser.test_keyboard import tab_to

STOCK = "python/inventory-classes"
CLASSES = "from products import Bulk, Inventory, OutOfStock, Perishable, Piece, Product"


@pytest.fixture(scope="module")
def classes(exercises: Path) -> str:
    """What passes, in one file."""
    accepted = sorted((exercises / STOCK / "solutions/accepted").iterdir())
    return (accepted[0] / "inventory.py").read_text()


def _at_work(cast: Cast, exercise: str = STOCK, **options: object) -> Person:
    ada = cast("ada", **options)
    ada.register()
    ada.open_exercise(exercise)
    return ada


def _button(person: Person, name: str) -> Locator:
    return person.page.get_by_role("button", name=name, exact=True)


def _tab(person: Person, name: str) -> Locator:
    return person.page.get_by_role("tab", name=name)


def _name(person: Person) -> Locator:
    return person.page.get_by_label("Name of the new file")


def _add(person: Person, name: str) -> None:
    _button(person, "New file").click()
    _name(person).fill(name)
    _button(person, "Add file").click()


def _saved(person: Person) -> None:
    expect(person.page.locator(".editor-state")).to_have_text("Saved")


def test_work_that_is_split_into_two_files_passes(cast: Cast, classes: str) -> None:
    ada = _at_work(cast)
    _add(ada, "products.py")
    expect(_tab(ada, "products.py")).to_have_attribute("aria-selected", "true")
    expect(ada.editor).to_be_focused()
    ada.paste(classes)
    _tab(ada, "inventory.py").click()
    ada.paste(CLASSES)
    _button(ada, "Run").click()
    expect(ada.result.locator(".verdict-word")).to_be_visible(timeout=60_000)
    ada.submit()
    ada.see_verdict("Passed")


def test_an_added_file_is_there_after_a_reload_and_on_another_machine(cast: Cast) -> None:
    ada = _at_work(cast)
    _add(ada, "products.py")
    ada.paste("x = 1")
    _saved(ada)
    ada.page.reload()
    _tab(ada, "products.py").click()
    expect(ada.editor).to_have_text("x = 1")
    there = cast("ada")
    there.name = ada.name
    there.log_in()
    there.open_exercise(STOCK)
    _tab(there, "products.py").click()
    expect(there.editor).to_have_text("x = 1")


def test_a_file_that_undo_elsewhere_takes_away_is_brought_back_with_its_text(cast: Cast) -> None:
    ada = _at_work(cast)
    _add(ada, "products.py")
    ada.paste("x = 1")
    _tab(ada, "inventory.py").click()
    ada.editor.click()
    ada.page.keyboard.press("Control+z")
    expect(_tab(ada, "products.py")).to_be_hidden()
    ada.page.keyboard.type("y")  # now there is no Redo
    expect(ada.page.get_by_text("products.py went with that step")).to_be_visible()
    _button(ada, "Bring it back").click()
    _tab(ada, "products.py").click()
    expect(ada.editor).to_have_text("x = 1")
    _tab(ada, "inventory.py").click()
    expect(ada.editor).to_contain_text("y")


def test_an_exercise_that_allows_none_has_no_button(cast: Cast) -> None:
    ada = _at_work(cast, "flask/books-crud")
    expect(_button(ada, "Submit")).to_be_visible()
    expect(_button(ada, "New file")).to_have_count(0)


def test_the_exercises_own_file_is_neither_renamed_nor_deleted(cast: Cast) -> None:
    ada = _at_work(cast)
    _add(ada, "products.py")
    expect(_button(ada, "Delete products.py")).to_be_visible()
    _tab(ada, "inventory.py").click()
    expect(ada.page.get_by_role("button", name="Delete")).to_be_hidden()
    expect(ada.page.get_by_role("button", name="Rename")).to_be_hidden()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Give the file a name."),
        ("products.sql", "Files that you add here are named like *.py."),
        ("../products.py", "A name has letters from a to z, digits"),
        ("inventory.py", "inventory.py is there already."),
        ("Inventory.py", "differ in upper and lower case only"),
    ],
)
def test_a_name_that_is_not_allowed_is_refused_with_a_sentence(
    cast: Cast, name: str, words: str
) -> None:
    ada = _at_work(cast)
    _add(ada, name)
    expect(ada.page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    expect(_name(ada)).to_be_focused()
    expect(_name(ada)).to_have_value(name)
    _name(ada).fill("products.py")
    _name(ada).press("Enter")
    expect(_tab(ada, "products.py")).to_be_visible()
    expect(_name(ada)).to_be_hidden()


def test_a_renamed_file_keeps_its_text_and_undo_its_old_name(cast: Cast) -> None:
    ada = _at_work(cast)
    _add(ada, "products.py")
    ada.paste("x = 1")
    _button(ada, "Rename products.py").click()
    ada.page.get_by_label("New name of products.py").fill("goods.py")
    _button(ada, "Rename file").click()
    expect(_tab(ada, "goods.py")).to_have_attribute("aria-selected", "true")
    expect(_tab(ada, "products.py")).to_be_hidden()
    expect(ada.editor).to_have_text("x = 1")
    _saved(ada)
    ada.page.keyboard.press("Control+z")
    expect(_tab(ada, "products.py")).to_have_attribute("aria-selected", "true")
    expect(_tab(ada, "goods.py")).to_be_hidden()
    expect(ada.editor).to_be_focused()
    ada.page.keyboard.press("Control+y")
    expect(_tab(ada, "goods.py")).to_have_attribute("aria-selected", "true")


def test_a_deleted_file_comes_back_by_undo_from_wherever_one_is(cast: Cast) -> None:
    ada = _at_work(cast)
    _add(ada, "products.py")
    ada.paste("x = 1")
    _button(ada, "Delete products.py").click()
    expect(_tab(ada, "products.py")).to_be_hidden()
    expect(_tab(ada, "inventory.py")).to_have_attribute("aria-selected", "true")
    expect(ada.editor).to_be_focused()
    _saved(ada)
    ada.page.keyboard.press("Control+z")
    expect(_tab(ada, "products.py")).to_have_attribute("aria-selected", "true")
    expect(ada.editor).to_have_text("x = 1")
    _button(ada, "Delete products.py").click()
    _button(ada, "Undo").click()
    expect(ada.editor).to_have_text("x = 1")
    _saved(ada)
    ada.page.reload()
    expect(_tab(ada, "products.py")).to_be_visible()


def test_a_deleted_file_is_gone_after_a_reload_and_back_by_undo(cast: Cast) -> None:
    ada = _at_work(cast)
    _add(ada, "products.py")
    ada.paste("x = 1")
    _button(ada, "Submit").click()
    expect(ada.result.locator(".verdict-word")).to_be_visible(timeout=60_000)
    _button(ada, "Delete products.py").click()
    _saved(ada)
    ada.page.reload()
    expect(ada.page.get_by_text("Your unsubmitted work is back.")).to_be_visible()
    expect(_tab(ada, "products.py")).to_be_hidden()
    _button(ada, "Undo").click()
    _tab(ada, "products.py").click()
    expect(ada.editor).to_have_text("x = 1")


def test_back_to_starter_takes_added_files_away_and_undo_brings_them_back(cast: Cast) -> None:
    ada = _at_work(cast)
    _add(ada, "products.py")
    ada.paste("x = 1")
    _button(ada, "Back to starter").click()
    expect(_tab(ada, "products.py")).to_be_hidden()
    _button(ada, "Undo").click()
    expect(ada.editor).to_have_text("x = 1")


def test_of_two_tabs_one_takes_the_others_file(cast: Cast) -> None:
    ada = _at_work(cast)
    second = Person(ada.site, ada.page.context.new_page(), ada.watch, ada.name)
    second.open_exercise(STOCK)
    _add(ada, "products.py")
    _button(second, "Take that version").click()
    expect(_tab(second, "products.py")).to_be_visible()
    _button(second, "Undo").click()
    expect(_tab(second, "products.py")).to_be_hidden()


def test_a_line_of_a_traceback_leads_into_an_added_file(cast: Cast) -> None:
    ada = _at_work(cast)
    _add(ada, "products.py")
    ada.paste("x = 1\n1 / 0\n")
    _tab(ada, "inventory.py").click()
    ada.paste("import products")
    _button(ada, "Run").click()
    ada.see_verdict("Failed")
    ada.result.get_by_role("link", name='File "products.py", line 2').first.click()
    expect(_tab(ada, "products.py")).to_have_attribute("aria-selected", "true")
    expect(ada.editor).to_be_focused()


def test_the_editors_settings_hold_for_a_new_file_too(cast: Cast) -> None:
    ada = _at_work(cast)
    ada.page.get_by_text("Settings", exact=True).click()
    ada.page.get_by_label("Tab key").select_option("moves focus")
    ada.page.keyboard.press("Escape")
    _add(ada, "products.py")
    expect(ada.editor).to_be_focused()
    ada.page.keyboard.press("Tab")
    expect(ada.editor).not_to_be_focused()


def test_by_keyboard_alone(cast: Cast) -> None:
    ada = _at_work(cast)
    keys = ada.page.keyboard
    tab_to(ada, _button(ada, "New file"))
    keys.press("Enter")
    expect(_name(ada)).to_be_focused()
    keys.press("Escape")
    expect(_button(ada, "New file")).to_be_focused()
    keys.press("Enter")
    keys.type("products.py")
    keys.press("Enter")
    expect(ada.editor).to_be_focused()
    keys.type("x = 1")
    tab_to(ada, _tab(ada, "products.py"))
    keys.press("ArrowLeft")
    expect(_tab(ada, "inventory.py")).to_be_focused()
    keys.press("ArrowRight")
    tab_to(ada, _button(ada, "Delete products.py"))
    keys.press("Enter")
    expect(_tab(ada, "products.py")).to_be_hidden()
    expect(ada.editor).to_have_accessible_name("Code of inventory.py")
    expect(ada.editor).to_be_focused()
    tab_to(ada, _tab(ada, "inventory.py"))
    keys.press("ArrowRight")
    expect(_tab(ada, "inventory.py")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 360])
def test_the_open_form_is_whole_and_accessible(cast: Cast, width: int, scheme: str) -> None:
    ada = _at_work(cast, viewport={"width": width, "height": 800}, color_scheme=scheme)
    _add(ada, "products.py")
    _add(ada, "a_module_with_a_long_name.py")
    _add(ada, "../wrong.py")
    expect(ada.page.get_by_role("alert").filter(has_text="A name has letters")).to_be_visible()
    assert overflow(ada.page) <= 0
    assert accessibility_problems(ada.page) == []


def test_without_scripts_a_file_is_added_and_left_out_again(cast: Cast, classes: str) -> None:
    ada = cast("ada", java_script_enabled=False)
    ada.register()
    ada.open(f"/exercises/{STOCK}")
    ada.page.get_by_label("inventory.py", exact=True).fill(CLASSES)
    _name(ada).fill("products.py")
    ada.page.get_by_label("Text of the new file").fill(classes)
    ada.submit()
    expect(ada.page.get_by_text("products.py").first).to_be_visible()
    ada.open(f"/exercises/{STOCK}")
    expect(ada.page.get_by_label("products.py", exact=True)).to_be_visible()
    ada.page.get_by_label("Leave products.py out").check()
    ada.submit()
    ada.open(f"/exercises/{STOCK}")
    expect(ada.page.get_by_label("products.py", exact=True)).to_have_count(0)
