"""A learner's account from a forgotten password to its end."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from tests.browser.conftest import Cast
from tests.browser.mails import link_to
from tests.browser.people import PASSWORD, Person
from tests.browser.server import Site

NEW = "five loud pear trees"


def _theme(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).colorScheme"))


def test_a_forgotten_password_is_replaced_by_mail(cast: Cast, site: Site) -> None:
    ada = cast("ada")
    ada.register()
    elsewhere = cast("admin")
    elsewhere.name = ada.name
    elsewhere.log_in()
    ada.page.get_by_role("button", name="Log out").click()
    ada.page.get_by_role("link", name="Log in").first.click()
    ada.page.get_by_role("link", name="Forgotten your password?").click()
    ada.page.get_by_label("Username or email address").fill(ada.name)
    ada.page.get_by_role("button", name="Send me the link").click()
    expect(ada.page.get_by_text("If there is an account of that name")).to_be_visible()
    link = link_to(site, f"{ada.name}@example.com")
    ada.page.goto(link)
    assert ada.page.url == f"{site.url}/password/new"
    ada.page.get_by_label("New password", exact=True).fill(NEW)
    ada.page.get_by_label("New password, again").fill(NEW)
    ada.page.get_by_role("button", name="Set password and log in").click()
    expect(ada.page.get_by_text("Your new password is set")).to_be_visible()
    elsewhere.open("/account")
    expect(elsewhere.page).to_have_url(re.compile("/login"))
    _expect_used_up(elsewhere, link)
    elsewhere.log_in(NEW)


def _expect_used_up(person: Person, link: str) -> None:
    person.watch.expect("status of 410")
    person.page.goto(link)
    expect(person.page.get_by_text("This link is of no use any more").first).to_be_visible()


def test_the_theme_stays_on_every_device_and_nothing_flashes(cast: Cast) -> None:
    ada = cast("ada", color_scheme="light")
    ada.register()
    ada.open("/account")
    ada.page.get_by_role("radio", name="Dark").check()
    ada.page.get_by_role("button", name="Set theme").click()
    expect(ada.page.get_by_text("Your theme is set")).to_be_in_viewport()
    phone = cast("admin", color_scheme="light", java_script_enabled=False)
    phone.name = ada.name
    phone.log_in()
    for path in ("/exercises", "/account"):
        phone.open(path)  # no script runs here: the first paint is dark already
        assert _theme(phone.page) == "dark"
    with ada.page.expect_response("**/account/theme") as answer:
        ada.page.get_by_role("button", name="Switch to light colours").click()
    assert answer.value.status == 204
    expect(ada.page.get_by_role("radio", name="Light")).to_be_checked()
    phone.open("/account")
    assert _theme(phone.page) == "light"
    ada.page.get_by_role("button", name="Log out").click()
    assert _theme(ada.page) == "light"


def test_an_address_is_verified_by_mail(cast: Cast, site: Site) -> None:
    ada = cast("ada")
    ada.register()
    ada.open("/account")
    expect(ada.page.get_by_text("not verified", exact=True)).to_be_visible()
    ada.page.get_by_role("button", name="Send the mail").click()
    expect(ada.page.get_by_text("the mail is in its log only")).to_be_in_viewport()
    ada.page.goto(link_to(site, f"{ada.name}@example.com"))
    ada.page.get_by_role("button", name="Yes, it is mine").click()
    expect(ada.page.get_by_text("✓ verified")).to_be_visible()


def test_all_data_are_downloaded_and_the_account_deleted(cast: Cast, tmp_path: Path) -> None:
    ada = cast("ada")
    ada.register()
    ada.solve("sql/top-customers", "select 'mine';", "Failed")
    ada.open("/account")
    with ada.page.expect_download() as download:
        ada.page.get_by_role("link", name="Download my data").click()
    file = tmp_path / "data.zip"
    download.value.save_as(file)
    with ZipFile(file) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert any(name.endswith("files/query.sql") and "mine" in texts[name] for name in texts)
    assert any(name.endswith("submission.json") and '"failed"' in texts[name] for name in texts)
    ada.watch.expect("status of 422")
    _delete(ada, "not my password")
    expect(ada.page.get_by_text("This is not your password.")).to_be_in_viewport()
    _delete(ada, PASSWORD)
    expect(ada.page.get_by_text("Your account is deleted")).to_be_visible()
    ada.open("/login")
    ada.page.get_by_label("Username or email address").fill(ada.name)
    ada.page.get_by_label("Password").fill(PASSWORD)
    ada.page.get_by_role("button", name="Log in").click()
    expect(ada.page.get_by_text("do not fit together")).to_be_visible()


def _delete(person: Person, password: str) -> None:
    section = person.page.get_by_role("region", name="Delete account")
    section.get_by_label("Your username, to be sure").fill(person.name)
    section.get_by_label("Your password").fill(password)
    section.get_by_role("button", name="Delete my account").click()
