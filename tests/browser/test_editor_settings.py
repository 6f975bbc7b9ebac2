"""The editor is as somebody set it: everywhere, with Vim's keys too, and never a trap."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Cast
from tests.browser.looks import accessibility_problems, overflow
from tests.browser.people import GRADING_MS, Person

CUSTOMERS = "sql/top-customers"
LOANS = "schema/library-loans"


def _box(page: Page) -> Locator:
    return page.locator("summary").and_(page.get_by_label("Editor settings", exact=True))


def _choose(person: Person, **options: str) -> None:
    """Set the editor on the account's page."""
    person.open("/account")
    section = person.page.get_by_role("region", name="Editor", exact=True)
    for label, option in options.items():
        section.get_by_label(label.replace("_", " ")).select_option(option)
    section.get_by_role("button", name="Set editor").click()
    expect(person.page.get_by_text("Your editor is set")).to_be_in_viewport()


def _at_work_with_vim(cast: Cast, **options: str) -> Person:
    ada = cast("ada", **options)
    ada.register()
    _choose(ada, Keys="Vim")
    ada.open_exercise(CUSTOMERS)
    expect(_status(ada)).to_have_text("--NORMAL--")
    ada.editor.click()
    return ada


def _status(person: Person) -> Locator:
    return person.page.locator("[role=tabpanel]:not([hidden]) .cm-vim-panel")


def _top(person: Person, selector: str) -> float:
    box = person.page.locator(selector).bounding_box()
    assert box
    return box["y"]


def _again_as(cast: Cast, person: Person, **options: object) -> Person:
    """The same person at another machine."""
    elsewhere = cast("admin", **options)
    elsewhere.name = person.name
    elsewhere.log_in()
    return elsewhere


def test_vim_writes_saves_runs_undoes_and_leaves(cast: Cast) -> None:
    ada = _at_work_with_vim(cast)
    keys = ada.page.keyboard
    keys.type("ggdGiselect (1")
    expect(_status(ada)).to_have_text("--INSERT--")
    keys.press("Escape")
    keys.type("yyp:w")
    expect(ada.page.get_by_label("Vim command")).to_be_focused()
    keys.press("Enter")
    expect(
        ada.page.get_by_text("Your work is kept in this browser and on the server.")
    ).to_be_visible()
    expect(ada.editor.locator(".cm-line")).to_have_text(["select (1)", "select (1)"])
    expect(ada.editor).to_be_focused()
    keys.press("u")
    expect(ada.editor).to_have_text("select (1)")
    keys.press("Control+r")
    expect(ada.editor.locator(".cm-line")).to_have_count(2)
    keys.press("Control+Enter")
    expect(ada.result.locator(".verdict-word")).to_have_text("Failed", timeout=GRADING_MS)
    expect(ada.editor).to_be_focused()
    keys.press("Tab")
    expect(ada.page.get_by_role("button", name="Run", exact=True)).to_be_focused()
    expect(ada.editor.locator(".cm-line")).to_have_count(2)


def test_tab_leaves_vims_normal_mode_at_once(cast: Cast) -> None:
    ada = _at_work_with_vim(cast)
    ada.page.keyboard.press("j")
    ada.page.keyboard.press("Tab")
    expect(ada.page.get_by_role("button", name="Run", exact=True)).to_be_focused()


def test_one_escape_leads_out_of_vims_insert_mode_and_tab_on(cast: Cast) -> None:
    ada = _at_work_with_vim(cast)
    keys = ada.page.keyboard
    expect(ada.editor).to_have_accessible_description(re.compile("Escape, then Tab leaves"))
    keys.type("ggdGi")
    keys.press("Tab")
    keys.type("sel")
    expect(ada.page.get_by_role("listbox")).to_be_visible()
    keys.press("Escape")
    expect(ada.page.get_by_role("listbox")).to_be_hidden()
    expect(_status(ada)).to_have_text("--NORMAL--")
    expect(ada.editor).to_have_text("    sel")
    ada.page.wait_for_timeout(2_500)  # there is no hurry: in this mode Tab has nothing else to do
    keys.press("Tab")
    expect(ada.page.get_by_role("button", name="Run", exact=True)).to_be_focused()


def test_escape_closes_completions_where_vims_cursor_cannot_move(cast: Cast) -> None:
    ada = _at_work_with_vim(cast)
    ada.page.keyboard.type("ggdGi")
    ada.page.keyboard.press("Control+Space")
    expect(ada.page.get_by_role("listbox")).to_be_visible()
    ada.page.keyboard.press("Escape")
    expect(ada.page.get_by_role("listbox")).to_be_hidden()
    expect(_status(ada)).to_have_text("--NORMAL--")


def test_vim_searches_and_undoes_a_step_of_all_files(cast: Cast) -> None:
    ada = _at_work_with_vim(cast)
    keys = ada.page.keyboard
    keys.type("ggdGione two three")
    keys.press("Escape")
    keys.type("0/three")
    keys.press("Enter")
    keys.type("x")
    expect(ada.editor).to_have_text("one two hree")
    ada.page.get_by_role("button", name="Back to starter").click()
    expect(ada.editor).not_to_contain_text("hree")
    ada.editor.click()
    keys.press("u")
    expect(ada.editor).to_have_text("one two hree")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_vims_lines_can_be_read(cast: Cast, scheme: str) -> None:
    ada = _at_work_with_vim(cast, color_scheme=scheme)
    assert accessibility_problems(ada.page) == []
    ada.page.keyboard.type(":nonsense")
    assert accessibility_problems(ada.page) == []
    ada.page.keyboard.press("Enter")
    expect(_status(ada)).to_contain_text("Not an editor command")
    assert accessibility_problems(ada.page) == []


def test_the_settings_are_the_same_at_another_machine(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    _choose(ada, Text_size="18 pixels", Tab_key="moves focus", Keys="Vim")
    elsewhere = _again_as(cast, ada)
    elsewhere.open_exercise(CUSTOMERS)
    expect(_status(elsewhere)).to_have_text("--NORMAL--")
    expect(elsewhere.page.locator(".cm-scroller")).to_have_css("font-size", "18px")
    elsewhere.editor.click()
    elsewhere.page.keyboard.type("i")
    elsewhere.page.keyboard.press("Tab")
    expect(elsewhere.page.get_by_role("button", name="Run", exact=True)).to_be_focused()


def test_a_change_in_the_box_holds_at_once_and_everywhere(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    ada.paste("one\ntwo\nthree\nfour\nfive\nsix")
    _box(ada.page).click()
    ada.page.get_by_label("Text size").select_option("20 pixels")
    expect(ada.page.locator(".cm-scroller")).to_have_css("font-size", "20px")
    expect(ada.page.get_by_text("Kept, for all exercises")).to_be_visible()
    assert abs(_top(ada, ".cm-line >> nth=5") - _top(ada, ".cm-lineNumbers >> text=6")) <= 2
    ada.page.get_by_label("Keys").select_option("Vim")
    expect(_status(ada)).to_have_text("--NORMAL--")
    ada.page.get_by_label("Keys").select_option("standard")
    expect(_status(ada)).to_have_count(0)
    ada.editor.click()
    ada.page.keyboard.press("Tab")
    expect(ada.editor).to_be_focused()
    ada.page.keyboard.press("Control+s")
    expect(ada.page.get_by_text("on the server.")).to_be_visible()
    ada.page.reload()
    expect(ada.page.locator(".cm-scroller")).to_have_css("font-size", "20px")
    ada.open_exercise(LOANS)
    expect(ada.page.locator(".cm-scroller")).to_have_css("font-size", "20px")
    ada.open("/account")
    expect(ada.page.get_by_label("Text size")).to_have_value("20")
    expect(ada.page.get_by_label("Keys")).to_have_value("standard")


def test_a_change_that_cannot_be_kept_says_so(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    _box(ada.page).click()
    size = ada.page.get_by_label("Text size")
    expect(size).to_be_visible()
    ada.watch.expect("ERR_INTERNET_DISCONNECTED")
    ada.page.context.set_offline(True)
    size.select_option("20 pixels")
    expect(ada.page.get_by_text("so your settings are not kept")).to_be_visible()
    expect(ada.page.locator(".cm-scroller")).to_have_css("font-size", "20px")
    ada.page.context.set_offline(False)
    size.select_option("18 pixels")
    expect(ada.page.get_by_text("Kept, for all exercises")).to_be_visible()


def test_what_a_browser_kept_before_moves_to_the_account_once(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    kept = """localStorage.setItem("backyard:editor", '{"size": 18, "tabIndents": false}')"""
    ada.page.evaluate(kept)
    with ada.page.expect_response("**/account/editor") as answer:
        ada.open_exercise(CUSTOMERS)
    assert answer.value.status == 204
    expect(ada.page.locator(".cm-scroller")).to_have_css("font-size", "18px")
    expect(ada.editor).to_have_accessible_description(re.compile("Tab leaves the editor"))
    ada.page.wait_for_function("localStorage.getItem('backyard:editor') === null")
    ada.open("/account")
    expect(ada.page.get_by_label("Text size")).to_have_value("18")
    expect(ada.page.get_by_label("Tab key")).to_have_value("moves")


def test_without_scripts_the_form_sets_the_size_of_the_plain_fields(cast: Cast) -> None:
    ada = cast("ada", java_script_enabled=False)
    ada.register()
    _choose(ada, Text_size="24 pixels")
    expect(ada.page.get_by_label("Text size")).to_have_value("24")
    ada.open(f"/exercises/{CUSTOMERS}")
    expect(ada.page.get_by_label("query.sql")).to_have_css("font-size", "24px")


def test_one_escape_is_enough_where_completions_are_open(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    ada.editor.click()
    ada.page.keyboard.press("Control+End")
    ada.page.keyboard.type("\nsel")
    expect(ada.page.get_by_role("listbox")).to_be_visible()
    ada.page.keyboard.press("Escape")
    expect(ada.page.get_by_role("listbox")).to_be_hidden()
    ada.page.keyboard.press("Tab")
    expect(ada.page.get_by_role("button", name="Run", exact=True)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_settings_are_accessible_and_fit_on_a_phone(cast: Cast, scheme: str) -> None:
    ada = cast("ada", color_scheme=scheme, viewport={"width": 360, "height": 800})
    ada.register()
    ada.open("/account")
    assert accessibility_problems(ada.page) == []
    assert overflow(ada.page) <= 0
    ada.open_exercise(CUSTOMERS)
    _box(ada.page).click()
    ada.page.get_by_label("Keys").select_option("Vim")
    expect(_status(ada)).to_have_text("--NORMAL--")
    expect(ada.page.get_by_text("Kept, for all exercises")).to_be_in_viewport(ratio=1)
    assert accessibility_problems(ada.page) == []
    assert overflow(ada.page) <= 0
