"""The word that the grader is away comes and goes on an open page, without a reload."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.people import Person
from tests.browser.server import Site, prepare_site, web_alone, worker_alone

CUSTOMERS = "sql/top-customers"
AWAY = "The grader is away."


def opened(on: Any, site: Site, name: str) -> Person:
    """Somebody on an exercise's page, with its clock in the test's hand."""
    person: Person = on(site)(name)
    person.page.clock.install()
    person.register()
    person.open_exercise(CUSTOMERS)
    return person


def asked(person: Person) -> list[str]:
    """What the page has asked about the grader from now on."""
    urls: list[str] = []
    person.page.on(
        "request", lambda request: urls.append(request.url) if "/grader" in request.url else None
    )
    return urls


def come_back(person: Person) -> None:
    """Turn to the tab again."""
    person.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_it_goes_while_somebody_works_and_comes_when_they_return(on: Any, tmp_path: Path) -> None:
    with web_alone(prepare_site(tmp_path)) as site:
        ada = opened(on, site, "ada")
        word = ada.page.get_by_role("status").filter(has_text=AWAY)
        expect(word).to_be_visible()
        with worker_alone(site):
            _until_it_grades(ada)
            ada.paste("select 1 as something_else;")
            ada.page.clock.run_for(10_500)
            expect(word).to_have_count(0)
            expect(ada.editor).to_contain_text("something_else")
            questions = asked(ada)
            ada.page.clock.run_for(600_000)
            assert questions == []  # nothing is awaited
        come_back(ada)
        expect(word).to_be_visible()
        ada.page.clock.run_for(10_500)
        ada.page.clock.run_for(10_500)
        assert 2 <= len(questions) <= 4
        expect(word).to_be_visible()


def test_it_comes_and_goes_with_what_is_handed_in(on: Any, tmp_path: Path) -> None:
    with web_alone(prepare_site(tmp_path)) as site:
        with worker_alone(site):
            ada: Person = on(site)("ada")
            ada.register()
            _until_it_grades(ada)
            ada.open_exercise(CUSTOMERS)
            word = ada.page.get_by_role("status").filter(has_text=AWAY)
            expect(word).to_have_count(0)
        ada.paste("select 1;")
        ada.submit()
        expect(word).to_be_visible()
        with worker_alone(site):
            ada.see_verdict("Failed")
            expect(word).to_have_count(0)


def _until_it_grades(person: Person) -> None:
    """The worker has said that it is there."""
    for _ in range(300):
        if not person.page.request.get(f"{person.site.url}/grader").text():
            return
        person.page.wait_for_timeout(100)
    raise AssertionError("the worker did not start")
