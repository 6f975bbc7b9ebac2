"""A site in trouble: nobody grades, hardly anybody may log in, and a table of its database is lost.

What a worker would leave behind after four vain attempts is written into the database, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.browser.inside import give_up, lose_cohorts
from tests.browser.people import Person
from tests.browser.server import Site, prepare_site, web_alone

RATES: Final = {"BACKYARD_LOGIN_RATE": "1 per hour"}


@contextmanager
def in_trouble(instance: Path) -> Iterator[Site]:
    """Serve such a site."""
    site = prepare_site(instance)
    with web_alone(replace(site, environment={**site.environment, **RATES})) as site:
        yield site


def as_admin_in_trouble(admin: Person) -> Iterator[str]:
    """The admin, who has handed something in."""
    admin.log_in(admin.site.admin_password)
    admin.open_exercise("sql/top-customers")
    admin.submit()
    admin.result.get_by_text("The grader is not running right now.").wait_for()
    yield "Exercise, the grader is away"
    for name, path in {
        "Catalogue, the grader is away": "/exercises",
        "History, the grader is away": "/submissions",
    }.items():
        admin.open(path)
        yield name
    give_up(admin.site)
    admin.open("/admin/failures")
    yield "Failures"
    admin.page.get_by_role("row").get_by_role("link").click()
    yield "Submission, not graded through our fault"
    lose_cohorts(admin.site)
    admin.open("/cohorts")
    yield "Something went wrong (500)"
    admin.page.context.clear_cookies()
    for _ in range(2):
        admin.open("/login")
        admin.page.get_by_label("Username or email address").fill("ada")
        admin.page.get_by_label("Password").fill("not hers")
        with admin.page.expect_navigation():
            admin.page.get_by_role("button", name="Log in").click()
    yield "Too often (429)"
