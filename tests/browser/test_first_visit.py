"""From the first visit to the first pass, as a learner does it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Cast

BOOKS = "flask/books-crud"
CUSTOMERS = "sql/top-customers"


def _solution(exercises: Path, exercise: str, name: str, file: str) -> str:
    return (exercises / exercise / "solutions" / name / file).read_text()


def test_a_learner_registers_solves_an_exercise_and_finds_it_in_the_history(
    cast: Cast, exercises: Path
) -> None:
    ada = cast("ada")
    ada.register()
    ada.open("/exercises")
    ada.page.get_by_role("link", name="A shelf of books").click()
    expect(ada.page.get_by_role("heading", name="A shelf of books", level=1)).to_be_visible()
    ada.paste(_solution(exercises, BOOKS, "accepted/reference", "app.py"))
    ada.submit()
    expect(ada.tests("passed").first).to_be_visible(timeout=60_000)
    ada.see_verdict("Passed")
    expect(ada.tests("pending")).to_have_count(0)
    ada.page.get_by_role("link", name="History").click()
    row = ada.page.get_by_role("row", name="A shelf of books")
    expect(row).to_contain_text("Passed")
    row.get_by_role("link").click()
    expect(ada.result.locator(".verdict-word")).to_have_text("Passed")


def test_the_catalogue_shows_what_was_tried_and_what_was_passed(
    cast: Cast, exercises: Path
) -> None:
    ada = cast("ada")
    ada.register()
    ada.open("/exercises")
    card = ada.page.get_by_role("listitem").filter(has_text="The best customers")
    expect(card).to_contain_text("not started")
    ada.solve(CUSTOMERS, "select 1;", "Failed")
    ada.open("/exercises")
    expect(card).to_contain_text("tried")
    ada.solve(CUSTOMERS, _solution(exercises, CUSTOMERS, "accepted/reference", "query.sql"))
    ada.open("/exercises")
    expect(card).to_contain_text("passed")


def test_a_result_stays_when_the_page_is_loaded_again(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    ada.solve(CUSTOMERS, "select 1;", "Failed")
    shown = ada.tests("failed").count()
    ada.page.reload()
    expect(ada.result.locator(".verdict-word")).to_have_text("Failed")
    expect(ada.tests("failed")).to_have_count(shown)
    expect(ada.editor).to_have_text("select 1;")
