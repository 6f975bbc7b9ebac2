"""Every page, at every width and in both themes: readable, whole, and without a complaint."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map

from tests.browser.conftest import DESKTOP
from tests.browser.inside import application
from tests.browser.looks import accessibility_problems, overflow
from tests.browser.people import Person
from tests.browser.server import Site
from tests.browser.tour import as_admin, as_newcomer, as_stranger, share
from tests.browser.trouble import as_admin_in_trouble, in_trouble
from tests.browser.watch import Watch

WIDTHS: Final = (DESKTOP["width"], 1024, 992, 390, 360)
TABS: Final = ("Statement", "Code", "Result", "Tests", "Try it")

NO_PAGES: Final = {
    "static": "files",
    "accounts.account_section": "leads on to the settings",
    "accounts.data": "a download",
    "accounts.recover": "leads on to the page of the new password",
    "submissions.events": "a stream of events",
    "submissions.state": "JSON",
    "submissions.grader": "words for a page that is open",
    "tryouts.answer": "JSON",
}
"""Endpoints that answer GET and show nobody a page of their own, and why not."""

ERRORS: Final = {"400", "403", "404", "405", "413", "429", "500"}
"""That have a page; a 422 is the form again, with a sentence beside each field."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page, open in a browser, turned out to be."""

    name: str
    path: str
    error: str | None
    too_wide: dict[int, int]
    problems: list[str]


@pytest.fixture(scope="module")
def visits(
    browser: Browser,
    site: Site,
    exercises: Path,
    solution_of_customers: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Visit]:
    """Every page, looked at once, by whoever gets to see it."""
    wrong = exercises / "flask" / "books-crud" / "solutions" / "wrong" / "no-validation"
    seen: list[Visit] = []
    with _person(browser, site, "stranger") as stranger:
        seen += _looked_at(stranger, as_stranger(stranger))
    with _person(browser, site, "newcomer") as bob:
        seen += _looked_at(bob, as_newcomer(bob))
    with _person(browser, site, "carol") as carol:
        share(carol, solution_of_customers)
    with _person(browser, site, "admin") as admin:
        failing = (wrong / "app.py").read_text()
        seen += _looked_at(admin, as_admin(admin, failing, solution_of_customers))
    with (
        in_trouble(tmp_path_factory.mktemp("trouble")) as troubled,
        _person(browser, troubled, "admin") as admin,
    ):
        seen += _looked_at(admin, as_admin_in_trouble(admin))
    return seen


def test_no_page_scrolls_sideways(visits: list[Visit]) -> None:
    assert {visit.name: visit.too_wide for visit in visits if visit.too_wide} == {}


def test_every_page_is_accessible(visits: list[Visit]) -> None:
    problems = [problem for visit in visits for problem in visit.problems]
    assert not problems, "\n".join(problems)


def test_every_address_that_shows_a_page_was_looked_at(visits: list[Visit], site: Site) -> None:
    rules = application(site).url_map
    there = {rule.endpoint for rule in rules.iter_rules() if "GET" in (rule.methods or ())}
    looked_at = {_endpoint(rules, visit.path) for visit in visits if not visit.error} - {None}
    assert looked_at | set(NO_PAGES) == there
    assert not looked_at & set(NO_PAGES)


def test_every_error_page_was_looked_at(visits: list[Visit]) -> None:
    assert {visit.error for visit in visits if visit.error} == ERRORS


def _endpoint(rules: Map, path: str) -> str | None:
    """What answers GET at a path. A form that was refused may stand at an address of POST alone."""
    try:
        return str(rules.bind("").match(path)[0])
    except (NotFound, MethodNotAllowed):
        return None


@contextmanager
def _person(browser: Browser, site: Site, name: str) -> Iterator[Person]:
    with browser.new_context(viewport=DESKTOP) as context:
        watch = Watch(context, site.url)
        watch.expect(r"status of (4|5)\d\d")
        yield Person(site, context.new_page(), watch, name)
        assert watch.complaints == []


def _looked_at(visitor: Person, way: Iterator[str]) -> Iterator[Visit]:
    for name in way:
        yield _look(visitor, name)
        visitor.page.set_viewport_size(DESKTOP)


def _look(visitor: Person, name: str) -> Visit:
    """Look at a page and at whatever its tabs show, from the widest window to the narrowest."""
    page, too_wide, problems = visitor.page, {}, []
    if page.locator("#workbench").count():
        visitor.editor.wait_for(state="attached")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": DESKTOP["height"]})
        for shown in _tabs(visitor, name):
            if (pixels := overflow(page)) > 0:
                too_wide[width] = pixels
            if width == DESKTOP["width"]:
                problems += accessibility_problems(page, shown)
    code = page.locator(".trouble-code")
    error = code.inner_text().removeprefix("Error ") if code.count() else None
    return Visit(name, urlsplit(page.url).path, error, too_wide, problems)


def _tabs(visitor: Person, name: str) -> Iterator[str]:
    """Name the page, or one after the other each tab of it that can be chosen."""
    tabs = [visitor.page.get_by_role("tab", name=tab, exact=True) for tab in TABS]
    if not any(tab.is_visible() for tab in tabs):
        yield name
        return
    for tab, label in zip(tabs, TABS, strict=True):
        if tab.is_visible():
            tab.click()
            yield f"{name}: {label}"
