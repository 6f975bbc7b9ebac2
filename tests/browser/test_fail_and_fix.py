"""Fail and fix: a failed test shows what happened, best first, and leads to the line."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.looks import accessibility_problems, overflow
from tests.browser.pictures import FRAME, take

BOOKS = "flask/books-crud"
CUSTOMERS = "sql/top-customers"
LOANS = "schema/library-loans"
PHONE = {"width": 360, "height": 740}


def _solution(exercises: Path, exercise: str, name: str, file: str) -> str:
    return (exercises / exercise / "solutions" / name / file).read_text()


def test_a_failed_test_shows_what_was_exchanged_and_the_mended_code_passes(
    cast: Cast, exercises: Path
) -> None:
    ada = cast("ada", **FRAME)
    ada.register()
    ada.solve(BOOKS, _solution(exercises, BOOKS, "wrong/put-keeps-the-year", "app.py"), "Failed")
    failed = ada.tests("failed").first
    expect(failed.locator(".test-word")).to_have_text("Failed")
    expect(failed.locator(".exchange-http").first).to_contain_text("PUT")
    expect(failed).to_be_in_viewport()
    take(ada.page, "exercise-page")
    ada.paste(_solution(exercises, BOOKS, "accepted/reference", "app.py"))
    ada.submit()
    ada.see_verdict("Passed")
    expect(ada.tests("failed")).to_have_count(0)


def test_of_an_answer_the_difference_is_marked_and_the_traceback_leads_to_the_line(
    cast: Cast, exercises: Path
) -> None:
    ada = cast("ada")
    ada.register()
    ada.solve(BOOKS, _solution(exercises, BOOKS, "wrong/no-validation", "app.py"), "Failed")
    failed = ada.tests("failed").filter(has_text="Every missing or wrong field")
    expect(failed.locator(".test-message")).to_have_text("A bad book must be answered with 400.")
    expect(failed.locator(".difference-expected").first).to_contain_text("400")
    expect(failed.locator(".difference-got").first).to_contain_text("500 INTERNAL SERVER ERROR")
    expect(failed.locator("mark.differs")).to_have_text("500 INTERNAL SERVER ERROR")
    link = failed.locator("a.source-link").first
    expect(link).to_have_text(re.compile(r'File "app\.py", line \d+'))
    link.click()
    expect(ada.page).to_have_url(re.compile(rf"/exercises/{BOOKS}#file=app\.py&line=\d+$"))
    expect(failed).to_be_attached()  # the page was not loaded anew
    assert accessibility_problems(ada.page, "Failed test, HTTP") == []
    ada.solve(BOOKS, _solution(exercises, BOOKS, "accepted/reference", "app.py"))
    expect(ada.tests("failed")).to_have_count(0)


def test_rows_are_marked_as_missing_too_many_and_moved(cast: Cast, exercises: Path) -> None:
    ada = cast("ada")
    ada.register()
    wrong = _solution(exercises, CUSTOMERS, "wrong/dense-rank", "query.sql")
    ada.solve(CUSTOMERS, wrong, "Failed")
    first = ada.tests("failed").first
    expect(first.get_by_role("rowheader", name="missing").first).to_be_visible()
    expect(first.get_by_role("rowheader", name="too many").first).to_be_visible()
    wrong = _solution(exercises, CUSTOMERS, "wrong/sorted-by-name", "query.sql")
    ada.solve(CUSTOMERS, wrong, "Failed")
    moved = ada.tests("failed").first.get_by_role("rowheader", name="moved, belongs in row")
    expect(moved.first).to_be_visible()
    expect(ada.tests("failed").first).to_contain_text("The rows are right, their order is not.")


def test_of_a_schema_the_statement_is_shown_that_was_wrongly_accepted(
    cast: Cast, exercises: Path
) -> None:
    ada = cast("ada")
    ada.register()
    ada.solve(LOANS, _solution(exercises, LOANS, "wrong/no-checks", "schema.sql"), "Failed")
    failed = ada.tests("failed").first
    expect(failed.locator(".exchange-sql").first).to_contain_text(
        "PostgreSQL accepted this statement"
    )
    expect(failed.locator(".exchange-sql").first).to_contain_text("INSERT INTO")


def test_a_syntax_error_is_told_with_its_line_and_leads_there_from_the_verdict_page(
    cast: Cast,
) -> None:
    ada = cast("ada")
    ada.register()
    ada.solve(BOOKS, "def create(:\n    pass\n", "Crashed")
    expect(ada.result.locator(".verdict-syntax")).to_contain_text("SyntaxError")
    expect(ada.result.locator(".verdict-line")).to_have_text("def create(:")
    ada.page.get_by_role("link", name="History").click()
    ada.page.get_by_role("link", name="A shelf of books").click()
    ada.result.get_by_role("link", name="app.py, line 1").first.click()
    expect(ada.page).to_have_url(re.compile(rf"/exercises/{BOOKS}#file=app\.py&line=1$"))


def test_a_long_text_shows_its_start_and_unfolds(cast: Cast, exercises: Path) -> None:
    ada = cast("ada", viewport=PHONE)
    ada.register()
    long = "SELECT 1 AS id, 2 AS name\n-- one more line of a very long query, as they are\n"
    ada.solve(CUSTOMERS, long.rstrip() + "\n-- and so on" * 40, "Failed")
    failed = ada.tests("failed").first
    failed.get_by_text("What was exchanged before that").click()
    start = failed.locator(".exchange-sql .long-start").first
    expect(start).to_be_visible()
    whole = failed.locator(".exchange-sql details.long").first
    expect(whole.locator("pre")).not_to_be_visible()
    whole.get_by_text("All of it").click()
    expect(whole.locator("pre")).to_be_visible()
    assert overflow(ada.page) <= 0
    assert accessibility_problems(ada.page, "Failed test, long texts") == []
