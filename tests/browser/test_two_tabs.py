"""Of two open tabs none writes over the other: the person is asked, and neither version is lost."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.people import Person

CUSTOMERS = "sql/top-customers"
WARNING = "This exercise was changed in another tab or on another machine."


def _in_two_tabs(cast: Cast) -> tuple[Person, Person]:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    second = Person(ada.site, ada.page.context.new_page(), ada.watch, ada.name)
    second.open_exercise(CUSTOMERS)
    return ada, second


def _at_two_machines(cast: Cast) -> tuple[Person, Person]:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    there = cast("ada")
    there.name = ada.name
    there.log_in()
    there.open_exercise(CUSTOMERS)
    return ada, there


def _warning(person: Person) -> Locator:
    return person.page.get_by_role("alert").filter(has_text=WARNING)


def _press(person: Person, name: str) -> None:
    person.page.get_by_role("button", name=name).click()


def _saved(person: Person) -> None:
    expect(person.page.locator(".editor-state")).to_have_text("Saved")


def test_the_other_tab_warns_and_can_take_what_was_typed(cast: Cast) -> None:
    first, second = _in_two_tabs(cast)
    starter = second.editor.inner_text()
    first.paste("select 'from the first'")
    expect(_warning(second)).to_be_visible()
    assert second.editor.inner_text() == starter
    _press(second, "Take that version")
    expect(second.editor).to_have_text("select 'from the first'")
    expect(_warning(second)).to_be_hidden()
    _press(second, "Undo")
    assert second.editor.inner_text() == starter
    expect(_warning(first)).to_be_visible()


def test_what_is_typed_while_the_warning_stands_is_saved_over_nothing(cast: Cast) -> None:
    first, second = _in_two_tabs(cast)
    first.paste("select 'from the first'")
    expect(_warning(second)).to_be_visible()
    second.paste("select 'from the second'")
    _saved(first)
    second.page.wait_for_timeout(3_000)  # longer than it takes to save
    first.page.reload()
    expect(first.editor).to_have_text("select 'from the first'")
    _press(second, "Keep mine")
    _saved(second)
    expect(second.editor).to_have_text("select 'from the second'")
    expect(_warning(first)).to_be_visible()
    _press(second, "Undo")
    expect(second.editor).to_have_text("select 'from the first'")


def test_a_tab_that_has_not_chosen_keeps_its_work_and_the_question_over_a_reload(
    cast: Cast,
) -> None:
    first, second = _in_two_tabs(cast)
    second.page.on("dialog", lambda dialog: dialog.accept())
    first.paste("select 'from the first'")
    expect(_warning(second)).to_be_visible()
    _saved(first)
    second.paste("select 'from the second'")
    second.page.reload()
    expect(second.editor).to_have_text("select 'from the second'")
    expect(_warning(second)).to_be_visible()
    _press(second, "Take that version")
    expect(second.editor).to_have_text("select 'from the first'")


def test_tabs_with_the_same_text_have_nothing_to_ask(cast: Cast) -> None:
    first, second = _in_two_tabs(cast)
    first.paste("select 1")
    expect(_warning(second)).to_be_visible()
    _press(second, "Take that version")
    _saved(second)
    _saved(first)
    expect(_warning(first)).to_be_hidden()


def test_another_machine_is_told_before_it_saves_over(cast: Cast) -> None:
    here, there = _at_two_machines(cast)
    there.watch.expect("status of 409")
    with here.page.expect_response("**/draft"):
        here.paste("select 'from here'")
    there.paste("select 'from there'")
    expect(_warning(there)).to_be_visible()
    _press(there, "Keep mine")
    _saved(there)
    here.page.reload()
    expect(here.editor).to_have_text("select 'from there'")


def test_submitting_while_the_warning_stands_sends_what_is_in_this_tab(cast: Cast) -> None:
    first, second = _in_two_tabs(cast)
    first.paste("select 'from the first'")
    expect(_warning(second)).to_be_visible()
    second.paste("select 1;")
    second.submit()
    second.see_verdict("Failed")
    expect(_warning(second)).to_be_visible()
    expect(second.editor).to_have_text("select 1;")
