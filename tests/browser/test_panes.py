"""Statement, code and result stand side by side, with dividers that can be moved."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.people import Person

CUSTOMERS = "sql/top-customers"


def _wide(cast: Cast) -> Person:
    ada = cast("ada", viewport={"width": 1440, "height": 900})
    ada.register()
    ada.open_exercise(CUSTOMERS)
    return ada


def _divider(ada: Person, of: str = "statement") -> Locator:
    return ada.page.get_by_role("separator", name=f"Width of the {of}")


def _width(ada: Person, pane: str) -> float:
    box = ada.page.locator(f".pane-{pane}").bounding_box()
    assert box
    return box["width"]


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
