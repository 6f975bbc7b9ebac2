"""Who asks the system for less motion gets none: nothing runs, blinks or glides."""

from __future__ import annotations

from typing import Any, Final

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.people import GRADING_MS, Person
from tests.browser.test_cancel import hand_in_endless

LISTEN: Final = """
window.motions = [];
window.scrolls = [];
const lead = Element.prototype.scrollIntoView;
Element.prototype.scrollIntoView = function (how) {
  window.scrolls.push(how?.behavior ?? "auto");
  return lead.call(this, how);
};
for (const kind of ["transitionrun", "animationstart"]) {
  document.addEventListener(kind, () => window.motions.push(kind), true);
}
"""
"""Takes down whatever moves, however briefly, and how the page is scrolled."""


def _at_work(cast: Cast, **options: Any) -> Person:
    """Somebody on a phone, where a result has to be scrolled to, with a submission under way."""
    ada = cast("ada", viewport={"width": 390, "height": 600}, **options)
    ada.page.add_init_script(LISTEN)
    hand_in_endless(ada)
    return ada


def _look_around(ada: Person) -> None:
    """Do what moves things: switch the theme, hover, cancel, and follow a link to a line."""
    ada.page.get_by_role("button", name="Switch to").click()
    ada.page.get_by_role("button", name="Cancel").hover()
    ada.page.get_by_role("button", name="Cancel").click()
    expect(ada.result.locator(".verdict-word")).to_have_text("Cancelled", timeout=GRADING_MS)
    ada.page.evaluate("location.hash = '#file=app.py&line=2'")
    expect(ada.editor.locator(".cm-shown-line")).to_be_visible()


@pytest.mark.parametrize("wish", ["reduce", "no-preference"])
def test_nothing_moves_for_who_asks_for_that(cast: Cast, wish: str) -> None:
    ada = _at_work(cast, reduced_motion=wish)
    _look_around(ada)
    still = wish == "reduce"
    assert (ada.page.evaluate("window.motions") == []) is still
    assert set(ada.page.evaluate("window.scrolls")) == {"auto" if still else "smooth"}
