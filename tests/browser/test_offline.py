"""Offline and back: whatever becomes of the line, nothing is lost and nothing needs a reload."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, expect
from sqlalchemy import select

from backyard.accounts.models import User
from backyard.db import db
from backyard.submissions.models import Submission
from grader.verdict import Verdict
from tests.browser.conftest import Cast
from tests.browser.inside import application
from tests.browser.line import line_to
from tests.browser.people import GRADING_MS, Person
from tests.browser.server import Site, prepare_site, web_alone, worker_alone

BOOKS: Final = "flask/books-crud"
CUSTOMERS: Final = "sql/top-customers"
SAVED: Final = ".editor-state"
AWAY: Final = "The server can't be reached."
LOST: Final = "The connection is lost. Your submission is safe; trying again…"

SLOWLY: Final = """

import time
at_once = create_app


def create_app():
    time.sleep({seconds})
    return at_once()
"""
"""What has each of the 22 tests wait, since the application is made anew for it."""


def _at_work(ada: Person, exercise: str) -> Person:
    ada.watch.expect("ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED")
    ada.watch.expect("ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET")
    ada.register()
    ada.open_exercise(exercise)
    ada.page.wait_for_load_state("networkidle")  # what the editor loads when it is there already
    return ada


def _offline(ada: Person, *, yes: bool) -> None:
    ada.page.context.set_offline(yes)


def _slow_and_right(exercises: Path, seconds: float) -> str:
    accepted = exercises / BOOKS / "solutions" / "accepted" / "reference" / "app.py"
    return accepted.read_text() + SLOWLY.format(seconds=seconds)


def _expect_under_way(ada: Person) -> None:
    """See that the tests run and that not all of them have run."""
    expect(ada.tests("passed").first).to_be_visible(timeout=GRADING_MS)
    expect(ada.tests("pending").first).to_be_attached()


def test_who_types_on_without_a_connection_loses_nothing(cast: Cast) -> None:
    ada = _at_work(cast("ada"), CUSTOMERS)
    ada.paste("select 'before';")
    expect(ada.page.locator(SAVED)).to_have_text("Saved")
    _offline(ada, yes=True)
    ada.paste("select 'on a train';")
    expect(ada.page.get_by_text(AWAY)).to_be_visible()
    for button in ("Run", "Submit"):
        ada.page.get_by_role("button", name=button, exact=True).click()
        expect(ada.page.get_by_role("alert")).to_contain_text(AWAY)
        expect(ada.page.get_by_role("alert")).to_contain_text("Your work is kept in this browser")
        expect(ada.editor).to_have_text("select 'on a train';")
    ada.editor.press("End")
    ada.page.keyboard.type("-- and on")
    with ada.page.expect_response("**/draft") as answer:
        _offline(ada, yes=False)
    assert answer.value.status == 200
    expect(ada.page.locator(SAVED)).to_have_text("Saved")
    ada.submit()
    ada.see_verdict("Failed")
    expect(ada.page.get_by_text(AWAY)).to_be_hidden()
    expect(ada.editor).to_have_text("select 'on a train';-- and on")


def test_a_verdict_that_came_while_the_line_was_cut_shows_without_a_reload(
    on: Any, site: Site, exercises: Path
) -> None:
    with line_to(site) as line:
        ada = _at_work(on(line.site)("on-a-train"), BOOKS)
        ada.paste(_slow_and_right(exercises, 0.1))
        ada.submit()
        _expect_under_way(ada)
        line.cut()
        expect(ada.result.get_by_text(LOST)).to_be_visible()
        _type_meanwhile(ada)
        _wait_for_verdict(site, ada.name)
        line.mend()
        _expect_all_well(ada)


def test_a_laptop_closed_without_a_connection_has_all_that_was_typed_when_it_is_opened(
    cast: Cast,
) -> None:
    ada = _at_work(cast("ada"), CUSTOMERS)
    _offline(ada, yes=True)
    ada.paste("select 'the last words of the day'")
    expect(ada.page.get_by_text(AWAY)).to_be_visible()
    ada.page.close()
    _offline(ada, yes=False)
    ada.page = ada.page.context.new_page()
    with ada.page.expect_response("**/draft", timeout=GRADING_MS) as answer:
        ada.open_exercise(CUSTOMERS)
        opened = _now(ada.page)
    assert answer.value.status == 200
    assert _now(ada.page) - opened < 2_000
    expect(ada.editor).to_have_text("select 'the last words of the day'")
    expect(ada.page.get_by_text("Your unsubmitted work is back.")).to_be_visible()
    expect(ada.page.locator(SAVED)).to_have_text("Saved")


def test_the_server_is_restarted_while_a_submission_runs_and_the_page_goes_on(
    on: Any, exercises: Path, tmp_path: Path
) -> None:
    site = prepare_site(tmp_path)
    with worker_alone(site):
        with web_alone(site):
            ada = _at_work(on(site)("ada"), BOOKS)
            ada.paste(_slow_and_right(exercises, 0.25))  # longer than streams outlive a stop
            ada.submit()
            _expect_under_way(ada)
        expect(ada.result.get_by_text(LOST)).to_be_visible()
        _type_meanwhile(ada)
        with web_alone(site):
            _expect_all_well(ada)


def _type_meanwhile(ada: Person) -> None:
    ada.editor.press("Control+End")
    ada.page.keyboard.type("# while it was away")
    expect(ada.page.get_by_text(AWAY)).to_be_visible()


def _wait_for_verdict(site: Site, name: str) -> None:
    """Until it is stored, which the page can not hear."""
    verdict = select(Submission.verdict).join(User).where(User.username == name)
    deadline = time.monotonic() + GRADING_MS / 1000
    with application(site).app_context():
        while db.session.scalar(verdict) is None and time.monotonic() < deadline:
            db.session.rollback()
            time.sleep(0.2)
        assert db.session.scalar(verdict) is Verdict.PASSED


def _expect_all_well(ada: Person) -> None:
    """See that the verdict is there and the work is saved, though nobody has reloaded the page."""
    ada.see_verdict("Passed")
    expect(ada.tests("pending")).to_have_count(0)
    expect(ada.result.get_by_text(LOST)).to_be_hidden()
    expect(ada.page.locator(SAVED)).to_have_text("Saved")
    expect(ada.editor).to_contain_text("# while it was away")


def _now(page: Page) -> float:
    return float(page.evaluate("performance.now()"))
