"""Everybody's way through all the site's pages. Each way yields a page's name while it is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from playwright.sync_api import expect

from tests.browser.inside import regrade_and_undo
from tests.browser.mails import link_to
from tests.browser.people import GRADING_MS, Person

BOOKS: Final = "/exercises/flask/books-crud"
CUSTOMERS: Final = "/exercises/sql/top-customers"
LOANS: Final = "/exercises/schema/library-loans"
TEACHING: Final = "/teaching/exercises/flask/books-crud"
LONG_NAME: Final = "A cohort with rather a long name, as people make them"
TOO_MUCH: Final = "a whole log, pasted in the wrong place; " * 60_000


def as_stranger(visitor: Person) -> Iterator[str]:
    """Somebody without an account, or before logging in."""
    yield from _open(
        visitor,
        {
            "Home, not logged in": "/",
            "Catalogue, not logged in": "/exercises",
            "Log in": "/login",
            "Register": "/register",
            "Forgotten password": "/password/forgotten",
            "Useless link (410)": "/password/new",
            "Not in this way (405)": "/logout",
            "Not found, not logged in (404)": "/no-such-page",
        },
    )
    visitor.open("/login")
    visitor.page.get_by_label("Username or email address").fill("ada")
    visitor.page.get_by_label("Password").fill("not hers")
    yield from _press(visitor, "Log in", "Log in, refused (422)")
    # More than the field takes from a keyboard.
    visitor.page.get_by_label("Password").evaluate(
        "(field, text) => (field.value = text)", TOO_MUCH
    )
    yield from _press(visitor, "Log in", "Too large (413)")
    visitor.open("/register")
    visitor.page.get_by_label("Password", exact=True).fill("short")
    yield from _press(visitor, "Register", "Register, refused (422)")


def as_newcomer(bob: Person) -> Iterator[str]:
    """Somebody who has done nothing yet: the empty states."""
    bob.register()
    yield "Just registered"
    yield from _open(
        bob,
        {
            "Home, nothing done": "/",
            "Catalogue, nothing fits": "/exercises?q=nothing+like+it",
            "Exercise, nothing handed in": CUSTOMERS,
            "History, empty": "/submissions",
            "Profile, empty": "/profile",
            "Portfolio settings, nothing to show": "/portfolio",
            "Cohorts, none": "/cohorts",
            "Account": "/account",
            "Not found (404)": CUSTOMERS + "/solutions",
            "Not yours (403)": "/teaching",
        },
    )
    bob.open("/cohorts")
    bob.page.get_by_label("code").fill("no such code")
    yield from _press(bob, "Join", "Cohorts, refused (422)")
    yield from _by_mail(bob)


def _by_mail(bob: Person) -> Iterator[str]:
    """The pages that links in mails lead to; before these, a form that is too old."""
    address = f"{bob.name}@example.com"
    bob.open("/account")
    bob.page.get_by_role("button", name="Send the mail").click()
    bob.page.goto(link := link_to(bob.site, address))
    yield "Verify your address"
    bob.page.goto(link[:-1])
    yield "Useless link to verify (410)"
    bob.open("/account")
    bob.page.context.clear_cookies()
    yield from _press(bob, "Set theme", "Page too old (400)")
    bob.open("/password/forgotten")
    bob.page.get_by_label("Username or email address").fill(bob.name)
    yield from _press(bob, "Send me the link", "Forgotten password, mail sent")
    bob.page.goto(link_to(bob.site, address))
    yield "New password"


def share(carol: Person, passing: str) -> None:
    """Have somebody else pass sql/top-customers and share that."""
    carol.register()
    carol.solve("sql/top-customers", passing)
    carol.open(CUSTOMERS + "/solutions")
    carol.page.get_by_role("button", name="Share this solution").click()
    expect(carol.page.get_by_text("✓ Shared")).to_be_visible()


def as_admin(admin: Person, failing: str, passing: str) -> Iterator[str]:
    """The admin, who may see every page and has done something on each. `failing` fails
    flask/books-crud, `passing` passes sql/top-customers."""
    admin.log_in(admin.site.admin_password)
    admin.solve("flask/books-crud", failing, "Failed")
    yield "Exercise, failed"
    admin.solve("sql/top-customers", "select 1;", "Failed")
    admin.solve("sql/top-customers", passing)
    yield "Exercise, passed"
    yield from _about_submissions(admin)
    yield from _about_oneself(admin)
    yield from _about_cohorts(admin)
    yield from _about_teaching(admin)
    yield from _open(
        admin,
        {
            "Home": "/",
            "Catalogue": "/exercises",
            "Catalogue, narrowed": "/exercises?q=sql&difficulty=medium",
            "Exercise with several files": "/exercises/orm/n-plus-one",
            "Exercise with a schema": LOANS,
            "Users": "/admin/users",
            "Failures, none": "/admin/failures",
        },
    )


def _about_submissions(admin: Person) -> Iterator[str]:
    yield from _open(admin, {"History": "/submissions"})
    admin.page.get_by_role("row").get_by_role("link").last.click()
    yield "Submission, failed"
    yield from _open(admin, {"History of one exercise": "/submissions?exercise=sql/top-customers"})
    yield from _press(admin, "Compare", "Comparison")
    yield from _open(admin, {"Solutions": CUSTOMERS + "/solutions"})
    solutions = admin.page.get_by_role("main").locator("ul")
    for number, name in enumerate(("Solution, accepted", "Solution, shared")):
        solutions.nth(number).get_by_role("link").first.click()
        yield name
        admin.page.go_back()


def _about_oneself(admin: Person) -> Iterator[str]:
    admin.open("/portfolio")
    admin.page.get_by_label("The best customers").select_option(index=1)
    admin.page.get_by_label("Everybody who has the address").check()
    yield from _press(admin, "Save", "Portfolio settings")
    shown = {"Portfolio": "/p/admin", "Solution in a portfolio": "/p/admin/sql/top-customers"}
    yield from _open(admin, {"Profile": "/profile", **shown})


def _about_cohorts(admin: Person) -> Iterator[str]:
    admin.open("/cohorts")
    admin.page.get_by_label("Name").fill(LONG_NAME)
    yield from _press(admin, "Make cohort", "Cohort")
    yield from _open(admin, {"Cohorts": "/cohorts"})


def _about_teaching(admin: Person) -> Iterator[str]:
    yield from _open(admin, {"Teaching": "/teaching", "Teaching, one exercise": TEACHING})
    admin.open(f"/teaching/regrades/{regrade_and_undo(admin.site, 'flask/books-crud')}")
    yield "Regrade"
    admin.open("/teaching")
    admin.page.get_by_role("button", name="Publish from the site's folder").click()
    expect(admin.page.locator("#live")).to_contain_text("Done", timeout=GRADING_MS)
    yield "Publication"


def _open(person: Person, pages: dict[str, str]) -> Iterator[str]:
    for name, path in pages.items():
        person.open(path)
        yield name


def _press(person: Person, button: str, name: str) -> Iterator[str]:
    """Where a button leads."""
    with person.page.expect_navigation():
        person.page.get_by_role("button", name=button, exact=True).first.click()
    yield name
