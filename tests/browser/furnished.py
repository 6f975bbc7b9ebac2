"""A site with something on every page: a submission, a cohort, an exercise half done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.browser.people import Person

EXERCISES = ("flask/books-crud", "sql/top-customers", "schema/library-loans")

FOR_STRANGERS = ("/", "/exercises", "/login", "/register", "/password/forgotten", "/no-such-page")


@dataclass(frozen=True, slots=True)
class Tour:
    """Who logs in, and the paths of every page that they have."""

    name: str
    password: str
    paths: Sequence[str]


def furnish(admin: Person, solution: str, passing: str) -> Tour:
    """Have the admin, who may see every page, fill the site. `solution` fails
    flask/books-crud, `passing` passes sql/top-customers."""
    admin.log_in(admin.site.admin_password)
    admin.solve("flask/books-crud", solution, "Failed")
    admin.page.get_by_role("link", name="History").click()
    submission = admin.page.get_by_role("row").get_by_role("link").first.get_attribute("href")
    admin.open("/cohorts")
    admin.page.get_by_label("Name").fill("A cohort with rather a long name, as people make them")
    admin.page.get_by_role("button", name="Make cohort").click()
    cohort = admin.page.url.removeprefix(admin.site.url)
    admin.solve("sql/top-customers", passing)
    admin.open("/portfolio")
    admin.page.get_by_label("The best customers").select_option(index=1)
    admin.page.get_by_label("Everybody who has the address").check()
    admin.page.get_by_role("button", name="Save").click()
    pages = (
        "/",
        "/exercises",
        "/exercises?q=sql&difficulty=medium",
        "/exercises?q=nothing+like+it",
        "/profile",
        "/portfolio",
        "/p/admin",
        "/p/admin/sql/top-customers",
        "/submissions",
        "/cohorts",
        "/account",
        "/teaching",
        "/teaching/exercises/flask/books-crud",
        "/admin/users",
        "/admin/failures",
    )
    work = (f"/exercises/{exercise}" for exercise in EXERCISES)
    return Tour("admin", admin.site.admin_password, [*pages, *work, submission or "", cohort])
