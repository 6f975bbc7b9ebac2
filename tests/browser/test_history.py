"""What was handed in before is compared and restored; hints and solutions open when it is time."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.looks import accessibility_problems, overflow
from tests.browser.people import Person

CUSTOMERS = "sql/top-customers"
TITLE = "The best customers"
PHONE = {"width": 360, "height": 740}


def _tried_twice(ada: Person) -> None:
    ada.register()
    ada.solve(CUSTOMERS, "select 1;\n", "Failed")
    ada.solve(CUSTOMERS, "select 2;\n", "Failed")


def _open_history(ada: Person) -> None:
    """The history of the one exercise, as one comes to it from a verdict."""
    ada.page.get_by_role("link", name="History").click()
    ada.page.get_by_role("link", name=TITLE).first.click()
    ada.page.get_by_role("link", name="All that you handed in to this exercise").click()


def test_any_two_are_compared_and_the_earlier_one_is_opened_in_the_editor(cast: Cast) -> None:
    ada = cast("ada")
    _tried_twice(ada)
    _open_history(ada)
    expect(ada.page.get_by_role("row")).to_have_count(3)
    ada.page.get_by_role("button", name="Compare").click()
    expect(ada.page.locator(".diff-removed")).to_contain_text("removed: select 1;")
    expect(ada.page.locator(".diff-added")).to_contain_text("added: select 2;")
    removed = ada.page.locator(".diff-removed").bounding_box()
    added = ada.page.locator(".diff-added").bounding_box()
    assert removed
    assert added
    assert removed["y"] == added["y"]
    assert removed["x"] < added["x"]
    assert accessibility_problems(ada.page) == []
    ada.page.get_by_role("link", name="Open in the editor the earlier one").click()
    expect(ada.editor).to_have_text("select 1;")
    ada.submit()
    ada.see_verdict("Failed")


def test_on_a_phone_removed_and_added_lines_stand_one_under_the_other(cast: Cast) -> None:
    ada = cast("ada", viewport=PHONE)
    _tried_twice(ada)
    ada.open("/submissions?exercise=" + CUSTOMERS)
    assert overflow(ada.page) <= 0
    ada.page.get_by_role("button", name="Compare").click()
    removed = ada.page.locator(".diff-removed").bounding_box()
    added = ada.page.locator(".diff-added").bounding_box()
    assert removed
    assert added
    assert removed["y"] < added["y"]
    assert overflow(ada.page) <= 0


def test_what_is_typed_comes_back_after_an_earlier_one_was_opened(cast: Cast) -> None:
    ada = cast("ada")
    _tried_twice(ada)
    ada.paste("select 3;")
    ada.open("/submissions?exercise=" + CUSTOMERS)
    ada.page.get_by_role("link", name="Open in the editor").last.click()
    expect(ada.editor).to_have_text("select 1;")
    ada.editor.click()
    ada.page.keyboard.press("Control+Z")
    expect(ada.editor).to_have_text("select 3;")


def test_an_earlier_one_does_not_come_back_with_a_reload(cast: Cast) -> None:
    ada = cast("ada")
    _tried_twice(ada)
    ada.open("/submissions?exercise=" + CUSTOMERS)
    ada.page.get_by_role("link", name="Open in the editor").last.click()
    expect(ada.editor).to_have_text("select 1;")
    ada.paste("select 5;")
    expect(ada.page.get_by_text("Saved", exact=True)).to_be_visible()
    ada.page.reload()
    expect(ada.editor).to_have_text("select 5;")


def test_hints_open_one_by_one_and_what_is_typed_stays(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    ada.paste("select 4;")
    hints = ada.page.locator("#hints")
    expect(hints.locator("details")).to_have_count(0)
    hints.get_by_role("button", name="Open hint 1").click()
    expect(hints.locator("details")).to_have_count(1)
    expect(hints.get_by_role("button", name="Open hint 2")).to_be_focused()
    expect(ada.editor).to_have_text("select 4;")
    ada.page.reload()
    expect(hints.locator("details")).to_have_count(1)


def test_hints_open_without_scripts(cast: Cast) -> None:
    ada = cast("ada", java_script_enabled=False)
    ada.register()
    ada.open(f"/exercises/{CUSTOMERS}")
    ada.page.get_by_role("button", name="Open hint 1").click()
    expect(ada.page.locator("#hints details")).to_have_count(1)


def test_who_has_passed_sees_solutions_and_shares_one(
    cast: Cast, exercises: Path, solution_of_customers: str
) -> None:
    ada, ben = cast("ada"), cast("ben")
    solutions = f"/exercises/{CUSTOMERS}/solutions"
    ada.register()
    ada.watch.expect("status of 404")
    ada.open(solutions)
    expect(ada.page.get_by_role("heading", level=1)).not_to_have_text("Solutions")
    ada.solve(CUSTOMERS, "-- yours\n" + solution_of_customers)
    ada.page.get_by_role("link", name="See other solutions, or share yours").click()
    accepted = sorted((exercises / CUSTOMERS / "solutions" / "accepted").iterdir())
    ada.page.get_by_role("link", name=accepted[-1].name, exact=True).click()
    expect(ada.page.locator(".diff-rows").first).to_be_visible()
    assert accessibility_problems(ada.page) == []
    ada.open(solutions)
    ada.page.get_by_role("button", name="Share this solution").click()
    expect(ada.page.get_by_text("✓ Shared")).to_be_visible()
    assert accessibility_problems(ada.page) == []
    ben.register()
    ben.solve(CUSTOMERS, "-- mine\n" + solution_of_customers)
    ben.open(solutions)
    ben.page.get_by_role("link", name=ada.name, exact=True).click()
    expect(ben.page.locator(".diff-removed")).to_contain_text("-- mine")
    expect(ben.page.locator(".diff-added")).to_contain_text("-- yours")
