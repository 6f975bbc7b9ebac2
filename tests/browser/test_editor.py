"""The editor keeps what is typed, gives it back, and never traps the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.looks import accessibility_problems
from tests.browser.people import Person

CUSTOMERS = "sql/top-customers"


def _at_work(cast: Cast) -> Person:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    return ada


def test_typed_work_survives_a_reload_and_undo_leads_back(cast: Cast) -> None:
    ada = _at_work(cast)
    starter = ada.editor.inner_text()
    ada.paste("select 'half a thought'")
    ada.page.reload()
    expect(ada.editor).to_have_text("select 'half a thought'")
    expect(ada.page.get_by_text("Your unsubmitted work is back.")).to_be_visible()
    ada.editor.click()
    ada.page.keyboard.press("Control+z")
    assert ada.editor.inner_text() == starter


def test_a_draft_is_not_shown_to_the_next_person_at_the_same_browser(cast: Cast) -> None:
    ada = _at_work(cast)
    ada.paste("select 'mine'")
    ada.page.get_by_role("button", name="Log out").click()
    ada.name += "-and-bob"
    ada.register()
    ada.open_exercise(CUSTOMERS)
    expect(ada.editor).not_to_contain_text("mine")


def test_back_to_starter_and_undo_brings_the_work(cast: Cast) -> None:
    ada = _at_work(cast)
    starter = ada.editor.inner_text()
    ada.paste("select 'precious'")
    ada.page.get_by_role("button", name="Back to starter").click()
    assert ada.editor.inner_text() == starter
    expect(ada.page.get_by_text("Back at the starter.")).to_be_visible()
    ada.editor.click()
    ada.page.keyboard.press("Control+z")
    expect(ada.editor).to_have_text("select 'precious'")


def test_discarding_leads_to_the_last_submission_and_undo_back(cast: Cast) -> None:
    ada = _at_work(cast)
    discard = ada.page.get_by_role("button", name="Discard since last submission")
    expect(discard).to_be_hidden()
    ada.paste("select 'handed in'")
    with ada.page.expect_response("**/submissions"):
        ada.submit()
    ada.paste("select 'a step too far'")
    discard.click()
    expect(ada.editor).to_have_text("select 'handed in'")
    ada.page.get_by_role("button", name="Undo").click()
    expect(ada.editor).to_have_text("select 'a step too far'")
    expect(ada.editor).to_be_focused()


def test_escape_then_tab_leaves_the_editor(cast: Cast) -> None:
    ada = _at_work(cast)
    ada.editor.click()
    ada.page.keyboard.press("Tab")
    expect(ada.editor).to_be_focused()
    ada.page.keyboard.press("Escape")
    ada.page.keyboard.press("Tab")
    expect(ada.editor).not_to_be_focused()
    expect(ada.page.get_by_role("button", name="Run", exact=True)).to_be_focused()


def test_the_editor_has_a_name_and_a_hint_for_screen_readers(cast: Cast) -> None:
    ada = _at_work(cast)
    box = ada.page.get_by_role("textbox", name="Code of query.sql")
    expect(box).to_be_visible()
    expect(box).to_have_accessible_description(re.compile("press Escape, then Tab"))
    tab = ada.page.get_by_role("tab", name="query.sql")
    expect(tab).to_have_attribute("aria-selected", "true")


def test_saving_by_habit_says_that_all_is_kept(cast: Cast) -> None:
    ada = _at_work(cast)
    ada.editor.click()
    ada.page.keyboard.press("Control+s")
    expect(
        ada.page.get_by_text("Your work is kept in this browser and on the server.")
    ).to_be_visible()


def test_typing_over_highlighted_code_is_one_step_and_still_closes_brackets(cast: Cast) -> None:
    ada = _at_work(cast)
    ada.paste("select name from customers")
    ada.page.keyboard.press("Control+a")
    ada.page.keyboard.type("(")
    expect(ada.editor).to_have_text("(select name from customers)")
    ada.page.keyboard.press("Control+a")
    ada.page.keyboard.type("x")
    expect(ada.editor).to_have_text("x")


def test_the_tab_key_and_the_size_stay_as_they_were_set_in_all_exercises(cast: Cast) -> None:
    ada = _at_work(cast)
    ada.page.get_by_text("Settings", exact=True).click()
    ada.page.get_by_label("Text size").select_option("20 pixels")
    with ada.page.expect_response("**/account/editor"):
        ada.page.get_by_label("Tab key").select_option("moves focus")
    ada.page.keyboard.press("Escape")
    expect(ada.page.get_by_label("Tab key")).to_be_hidden()
    ada.open_exercise("schema/library-loans")
    expect(ada.page.locator(".cm-scroller")).to_have_css("font-size", "20px")
    expect(ada.editor).to_have_accessible_description(re.compile("Tab leaves the editor"))
    ada.editor.click()
    ada.page.keyboard.press("Tab")
    expect(ada.page.get_by_role("button", name="Run", exact=True)).to_be_focused()


def test_a_link_to_a_line_leads_into_the_editor(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    ada.open("/exercises/orm/n-plus-one#file=models.py&line=3")
    tab = ada.page.get_by_role("tab", name="models.py")
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(ada.editor).to_be_focused()
    third = ada.editor.locator(".cm-line").nth(2)
    expect(third).to_have_class(re.compile("cm-activeLine"))
    ada.page.evaluate("location.hash = '#file=app.py&line=2'")
    expect(ada.page.get_by_role("tab", name="app.py")).to_have_attribute("aria-selected", "true")
    expect(ada.editor.locator(".cm-line").nth(1)).to_have_class(re.compile("cm-shown-line"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_search_and_settings_are_accessible(cast: Cast, scheme: str) -> None:
    ada = cast("ada", color_scheme=scheme)
    ada.register()
    ada.open_exercise(CUSTOMERS)
    ada.editor.click()
    ada.page.keyboard.press("Control+f")
    expect(ada.page.get_by_role("textbox", name="Find")).to_be_focused()
    ada.page.keyboard.type("select")
    ada.page.get_by_text("Settings", exact=True).click()
    expect(ada.page.get_by_label("Text size")).to_be_visible()
    assert accessibility_problems(ada.page) == []
