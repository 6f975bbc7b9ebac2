"""One site and one browser for all browser tests; people with browsers of their own for each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Protocol

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.axe_table import TABLE
from tests.browser.chromium import launched
from tests.browser.people import Person
from tests.browser.server import Site, prepare_site, serving
from tests.browser.watch import Watch

expect.set_options(timeout=20_000)  # milliseconds until a page is as expected: CI may be busy

DESKTOP: Final[ViewportSize] = {"width": 1280, "height": 800}

_numbers = itertools.count(1)


class Cast(Protocol):
    """Brings somebody in front of a browser; `options` are those of Playwright's new_context."""

    def __call__(self, name: str, **options: Any) -> Person: ...


_running: Final = ExitStack()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """After the last browser test, end what they share. To the end of the session would be too
    long: a worker removes what dead owners left, and other tests are about just that."""
    if nextitem is None or not nextitem.path.is_relative_to(Path(__file__).parent):
        _running.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what axe-core found on the pages that these tests looked at."""
    lines = list(TABLE.lines())
    if lines:
        terminalreporter.section("axe-core: places with a finding, by page, theme and impact")
        terminalreporter.write_line("\n".join(lines))


@pytest.fixture(scope="session")
def browser() -> Browser:
    """A running Chromium."""
    return _running.enter_context(launched())


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A running site, the same for all tests."""
    return _running.enter_context(serving(prepare_site(tmp_path_factory.mktemp("instance"))))


@pytest.fixture
def on(browser: Browser) -> Iterator[Any]:
    """`on(site)` gives a cast for any site. Afterwards nobody's browser may have complained."""
    people: list[Person] = []

    def cast_of(site: Site) -> Cast:
        def cast(name: str, **options: Any) -> Person:
            context = browser.new_context(**{"viewport": DESKTOP, **options})
            watch = Watch(context, site.url)
            people.append(Person(site, context.new_page(), watch, name))
            return people[-1]

        return cast

    yield cast_of
    complaints = [f"{person.name}: {text}" for person in people for text in person.watch.complaints]
    for person in people:
        person.page.context.close()
    assert complaints == []


@pytest.fixture
def cast(site: Site, on: Any) -> Cast:
    """`cast("admin")` is a known person; other names get a number, so that each test's are new."""
    known = on(site)

    def numbered(name: str, **options: Any) -> Person:
        person: Person = known(name if name == "admin" else f"{name}{next(_numbers)}", **options)
        return person

    return numbered


@pytest.fixture(scope="session")
def exercises() -> Path:
    """The folder of the exercises."""
    return Path(__file__).parents[2] / "exercises"


@pytest.fixture(scope="session")
def solution_of_customers(exercises: Path) -> str:
    """A query that passes sql/top-customers."""
    accepted = exercises / "sql" / "top-customers" / "solutions" / "accepted"
    return (next(accepted.iterdir()) / "query.sql").read_text()
