"""Every page, at every width and in both themes: readable, whole, and without a complaint."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, Cast
from tests.browser.furnished import FOR_STRANGERS, Tour, furnish
from tests.browser.looks import accessibility_problems, overflow
from tests.browser.people import Person
from tests.browser.server import Site
from tests.browser.watch import Watch


@pytest.fixture(scope="module")
def tour(browser: Browser, site: Site, exercises: Path, solution_of_customers: str) -> Tour:
    """What there is to be seen."""
    wrong = exercises / "flask" / "books-crud" / "solutions" / "wrong" / "no-validation"
    with browser.new_context(viewport=DESKTOP) as context:
        admin = Person(site, context.new_page(), Watch(context, site.url), "admin")
        return furnish(admin, (wrong / "app.py").read_text(), solution_of_customers)


@pytest.mark.parametrize("width", [1280, 1024, 992, 390, 360])
def test_no_page_scrolls_sideways(cast: Cast, tour: Tour, width: int) -> None:
    visitor = cast("admin", viewport={"width": width, "height": 800})
    wide = [path for path in _walk(visitor, tour) if overflow(visitor.page) > 0]
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(cast: Cast, tour: Tour, scheme: str) -> None:
    visitor = cast("admin", color_scheme=scheme)
    problems = [
        f"{path}: {problem}"
        for path in _walk(visitor, tour)
        for problem in accessibility_problems(visitor.page)
    ]
    assert not problems, "\n".join(problems)


def _walk(visitor: Person, tour: Tour) -> Any:
    """Yield every path while its page is open: first as a stranger, then logged in."""
    visitor.watch.expect("status of 404")
    for path in FOR_STRANGERS:
        visitor.open(path)
        yield path
    visitor.log_in(tour.password)
    for path in tour.paths:
        visitor.open(path)
        if path.startswith("/exercises/"):
            visitor.editor.wait_for(state="attached")  # on a phone it stands behind a tab
            for tab in ("Code", "Result", "Try it"):
                if (there := visitor.page.get_by_role("tab", name=tab, exact=True)).is_visible():
                    there.click()
                    yield f"{path}, {tab}"
        yield path
