"""Trying one's own work beside the editor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.looks import accessibility_problems
from tests.browser.people import GRADING_MS, Person
from tests.browser.pictures import FRAME, take


def begin(cast: Cast, exercise: str, text: str, **options: Any) -> Person:
    """A learner who has opened an exercise, pasted `text` and turned to the console."""
    learner = cast("ada", **options)
    learner.register()
    learner.open_exercise(exercise)
    learner.paste(text)
    learner.page.get_by_role("tab", name="Try it").click()
    return learner


def newest(learner: Person) -> Locator:
    return learner.page.locator(".tryit-answer").first


def send(learner: Person, method: str, path: str) -> None:
    learner.page.get_by_label("Method").select_option(method)
    learner.page.get_by_label("Path").fill(path)
    learner.page.get_by_role("button", name="Send").click()


def test_requests_to_the_own_application(cast: Cast, exercises: Path) -> None:
    solutions = exercises / "flask" / "books-crud" / "solutions" / "accepted"
    learner = begin(cast, "flask/books-crud", (solutions / "reference" / "app.py").read_text())
    learner.page.get_by_text("Headers and body").click()
    learner.page.get_by_label("Body; JSON").fill(
        '{"title": "Kindred", "author": "Octavia E. Butler"}'
    )
    send(learner, "POST", "/books")
    expect(newest(learner)).to_contain_text("201 CREATED", timeout=GRADING_MS)
    learner.page.get_by_label("Body; JSON").fill("")
    send(learner, "GET", "/books")
    expect(newest(learner)).to_contain_text('"title": "Kindred"')
    send(learner, "GET", "nowhere")
    expect(learner.page.get_by_text("A path begins with /")).to_be_visible()
    learner.watch.expect("status of 422")
    assert accessibility_problems(learner.page, "Try it, answers") == []


def test_code_that_changes_is_started_anew_and_a_crash_is_told(cast: Cast, exercises: Path) -> None:
    starter = (exercises / "flask" / "books-crud" / "starter" / "app.py").read_text()
    learner = begin(cast, "flask/books-crud", starter)
    send(learner, "GET", "/")
    expect(newest(learner)).to_contain_text("404", timeout=GRADING_MS)
    learner.paste("def create_app(:")
    learner.page.get_by_role("button", name="Send").click()
    expect(learner.page.get_by_text("it was started anew")).to_be_visible(timeout=GRADING_MS)
    expect(newest(learner)).to_contain_text("SyntaxError", timeout=GRADING_MS)


def test_statements_on_the_sample_data(cast: Cast, solution_of_customers: str) -> None:
    learner = begin(cast, "sql/top-customers", solution_of_customers, **FRAME)
    learner.page.get_by_role("button", name="Show the tables").click()
    expect(newest(learner).get_by_text("customers: 5 rows")).to_be_visible(timeout=GRADING_MS)
    learner.page.get_by_role("button", name="Ask my query").click()
    expect(learner.page.locator(".tryit-answer")).to_have_count(2)
    expect(newest(learner).locator("caption")).to_have_text("3 rows")
    expect(newest(learner).locator(".plan-step").first).to_be_visible()
    take(learner.page, "try-it")
    learner.page.get_by_label("Statement", exact=True).fill("SELEC 1")
    learner.page.get_by_role("button", name="Ask", exact=True).click()
    expect(newest(learner)).to_contain_text("syntax error")
    assert accessibility_problems(learner.page, "Try it, rows and plan") == []


def test_a_schema_is_drawn(cast: Cast, exercises: Path) -> None:
    solutions = exercises / "schema" / "library-loans" / "solutions" / "accepted"
    schema = (solutions / "reference" / "schema.sql").read_text()
    learner = begin(cast, "schema/library-loans", schema, **FRAME, color_scheme="dark")
    learner.page.get_by_role("button", name="Draw my schema").click()
    expect(newest(learner).locator("svg .diagram-name").first).to_be_visible(timeout=GRADING_MS)
    learner.page.get_by_role("separator", name="Width of the result").focus()
    for _ in range(10):
        learner.page.keyboard.press("ArrowLeft")  # there is room for a wide diagram
    take(learner.page, "diagram")
    learner.page.get_by_text("The same in words").click()
    expect(newest(learner).locator("dd", has_text="→").first).to_be_visible()
    assert accessibility_problems(learner.page, "Try it, diagram") == []


def test_a_submission_brings_its_result_to_the_front(
    cast: Cast, solution_of_customers: str
) -> None:
    learner = begin(cast, "sql/top-customers", solution_of_customers)
    learner.submit()
    learner.see_verdict("Passed")
    expect(learner.result).to_be_visible()
    expect(learner.page.locator("#tryit")).to_be_hidden()
