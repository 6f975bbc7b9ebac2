"""Statement, code and result: side by side with dividers, or behind three tabs on a phone."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.people import GRADING_MS, Person

CUSTOMERS = "sql/top-customers"
PHONE = {"width": 390, "height": 800}


def _wide(cast: Cast) -> Person:
    ada = cast("ada", viewport={"width": 1440, "height": 900})
    ada.register()
    ada.open_exercise(CUSTOMERS)
    return ada


def _on_a_phone(cast: Cast) -> Person:
    ada = cast("ada", viewport=PHONE)
    ada.register()
    ada.open(f"/exercises/{CUSTOMERS}")
    return ada


def _divider(ada: Person, of: str = "statement") -> Locator:
    return ada.page.get_by_role("separator", name=f"Width of the {of}")


def _width(ada: Person, pane: str) -> float:
    box = ada.page.locator(f".pane-{pane}").bounding_box()
    assert box
    return box["width"]


def _tab(ada: Person, name: str) -> Locator:
    return ada.page.get_by_role("tab", name=name, exact=True)


def test_a_pane_can_be_dragged_and_stays_so(cast: Cast) -> None:
    ada = _wide(cast)
    before = _width(ada, "statement")
    box = _divider(ada).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 200
    ada.page.mouse.move(x, y)
    ada.page.mouse.down()
    ada.page.mouse.move(x + 100, y, steps=5)
    ada.page.mouse.up()
    dragged = _width(ada, "statement")
    assert abs(dragged - before - 100) < 8
    ada.open_exercise("schema/library-loans")
    assert abs(_width(ada, "statement") - dragged) < 2
    _divider(ada).dblclick()
    assert abs(_width(ada, "statement") - before) < 2


def test_a_pane_can_be_sized_by_keys(cast: Cast) -> None:
    ada = _wide(cast)
    before = _width(ada, "result")
    _divider(ada, "result").focus()
    ada.page.keyboard.press("ArrowLeft")
    assert _width(ada, "result") > before
    expect(_divider(ada, "result")).to_have_attribute("aria-valuenow", "33")
    ada.page.keyboard.press("Home")
    expect(_divider(ada, "result")).to_have_attribute("aria-valuenow", "15")
    ada.page.keyboard.press("End")
    most = _divider(ada, "result").get_attribute("aria-valuemax")
    expect(_divider(ada, "result")).to_have_attribute("aria-valuenow", most or "")
    assert _width(ada, "editor") > 300


def test_sizes_are_there_when_the_page_is_first_painted(cast: Cast) -> None:
    ada = _wide(cast)
    _divider(ada).focus()
    for _ in range(5):
        ada.page.keyboard.press("ArrowRight")
    ada.page.add_init_script(
        "window.shifts = []; new PerformanceObserver(list => window.shifts.push("
        "...list.getEntries().map(entry => entry.value)))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    ada.page.reload()
    expect(ada.editor).to_be_visible()
    ada.page.wait_for_timeout(500)
    assert sum(ada.page.evaluate("window.shifts")) < 0.02


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


def test_on_a_phone_submitting_leads_to_the_result(cast: Cast) -> None:
    ada = _on_a_phone(cast)
    _tab(ada, "Code").click()
    ada.paste("select 1;")
    ada.page.keyboard.press("Control+Enter")
    expect(_tab(ada, "Result")).to_be_focused()
    expect(ada.result.locator(".verdict-word")).to_have_text("Failed", timeout=GRADING_MS)
    expect(ada.result).to_be_visible()


def test_a_link_to_a_line_brings_the_code_to_the_front(cast: Cast) -> None:
    ada = cast("ada", viewport=PHONE)
    ada.register()
    ada.open(f"/exercises/{CUSTOMERS}#file=query.sql&line=1")
    expect(ada.editor).to_be_focused()
    expect(_tab(ada, "Code")).to_have_attribute("aria-selected", "true")


def test_without_scripts_all_three_stand_one_below_the_other(cast: Cast) -> None:
    ada = cast("ada", viewport=PHONE, java_script_enabled=False)
    ada.register()
    ada.open(f"/exercises/{CUSTOMERS}")
    expect(ada.page.get_by_role("heading", level=1)).to_be_visible()
    expect(ada.page.get_by_label("query.sql")).to_be_visible()
    expect(ada.result).to_be_visible()
    expect(_tab(ada, "Code")).to_be_hidden()
