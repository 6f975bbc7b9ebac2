"""A submission that is not accepted says why beside the button, and loses nothing."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.people import Person

CUSTOMERS = "sql/top-customers"
TOO_LARGE = "-- a long thought\n" * 20_000


def _with_too_large_a_file(cast: Cast) -> Person:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    ada.watch.expect(r"status of 4(22|29)")
    ada.paste(TOO_LARGE)
    return ada


def test_too_large_a_file_is_refused_with_a_sentence(cast: Cast) -> None:
    ada = _with_too_large_a_file(cast)
    ada.submit()
    expect(ada.page.get_by_role("alert")).to_contain_text("query.sql")
    expect(ada.editor).to_contain_text("a long thought")
    ada.open("/submissions")
    expect(ada.page.get_by_text("You have handed in nothing yet.")).to_be_visible()


def test_the_next_submission_may_be_accepted(cast: Cast) -> None:
    ada = _with_too_large_a_file(cast)
    ada.submit()
    expect(ada.page.get_by_role("alert")).to_be_visible()
    ada.paste("select 1;")
    ada.submit()
    ada.see_verdict("Failed")
    expect(ada.page.get_by_role("alert")).to_be_hidden()


def test_too_many_submissions_at_once_are_put_off_with_a_sentence(cast: Cast) -> None:
    ada = _with_too_large_a_file(cast)
    # Ten a minute are allowed, and a new minute may begin meanwhile.
    statuses = (_status_of_submitting(ada) for _ in range(21))
    assert next((status for status in statuses if status != 422), None) == 429
    expect(ada.page.get_by_role("alert")).to_contain_text("wait", ignore_case=True)


def _status_of_submitting(ada: Person) -> int:
    with ada.page.expect_response("**/submissions") as answer:
        ada.submit()
    return answer.value.status
