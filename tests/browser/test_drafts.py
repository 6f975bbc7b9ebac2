"""Work that was not handed in is on the server within two seconds, so that nothing ends it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.people import Person

CUSTOMERS = "sql/top-customers"
SAVED = ".editor-state"


def _at_work(cast: Cast) -> Person:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    return ada


@contextmanager
def _saving(person: Person) -> Iterator[None]:
    """Wait until the server has what is done inside."""
    with person.page.expect_response("**/draft") as answer:
        yield
    assert answer.value.status == 200


def _elsewhere(cast: Cast, person: Person, **options: object) -> Person:
    """The same person at another machine."""
    other = cast(person.name, **options)
    other.name = person.name
    other.log_in()
    return other


def test_work_is_there_on_another_machine(cast: Cast) -> None:
    ada = _at_work(cast)
    with _saving(ada):
        ada.paste("select 'begun here'")
    expect(ada.page.locator(SAVED)).to_have_text("Saved")
    there = _elsewhere(cast, ada)
    there.open_exercise(CUSTOMERS)
    expect(there.editor).to_have_text("select 'begun here'")
    expect(there.page.get_by_text("Your unsubmitted work is back.")).to_be_visible()


def test_a_closed_page_has_saved_what_was_typed_a_moment_before(cast: Cast) -> None:
    ada = _at_work(cast)
    ada.paste("select 'a last thought'")
    ada.page.goto("about:blank")
    there = _elsewhere(cast, ada)
    there.open_exercise(CUSTOMERS)
    deadline = time.monotonic() + 20  # nobody hears when the last words of a page arrive
    while "a last thought" not in there.editor.inner_text() and time.monotonic() < deadline:
        there.open_exercise(CUSTOMERS)
    expect(there.editor).to_have_text("select 'a last thought'")


def test_newer_work_from_elsewhere_comes_first_and_undo_has_what_was_here(cast: Cast) -> None:
    ada = _at_work(cast)
    ada.watch.expect("ERR_INTERNET_DISCONNECTED")
    ada.page.context.set_offline(True)
    ada.paste("select 'on a train'")
    expect(ada.page.get_by_text("The server can't be reached.")).to_be_visible()
    there = _elsewhere(cast, ada)
    there.open_exercise(CUSTOMERS)
    with _saving(there):
        there.paste("select 'later, at home'")
    ada.page.route("**/draft", lambda route: route.abort())
    ada.watch.expect("ERR_FAILED")
    ada.page.context.set_offline(False)
    ada.page.reload()
    expect(ada.editor).to_have_text("select 'later, at home'")
    expect(ada.page.get_by_text("Newer work from another tab or machine")).to_be_visible()
    ada.page.get_by_role("button", name="Undo").click()
    expect(ada.editor).to_have_text("select 'on a train'")


def test_without_scripts_the_text_areas_show_the_draft_and_both_resets_work(cast: Cast) -> None:
    ada = _at_work(cast)
    starter = ada.editor.inner_text()
    with _saving(ada):
        ada.paste("select 'half a thought'")
    plain = _elsewhere(cast, ada, java_script_enabled=False)
    plain.open(f"/exercises/{CUSTOMERS}")
    box = plain.page.get_by_label("query.sql")
    expect(box).to_have_value("select 'half a thought'")
    plain.page.get_by_role("button", name="Back to starter").click()
    assert box.input_value().split() == starter.split()


def test_what_the_server_can_not_keep_stays_in_the_browser_with_a_sentence(cast: Cast) -> None:
    ada = _at_work(cast)
    ada.watch.expect("status of 422")
    ada.paste("-- a long thought\n" * 20_000)
    expect(ada.page.get_by_text("at most 262,144 are allowed")).to_be_visible()
    ada.page.reload()
    expect(ada.editor).to_contain_text("a long thought")
