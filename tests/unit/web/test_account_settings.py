"""The settings page: theme, address, and the mail that verifies it."""

from __future__ import annotations

import re

import pytest
from itsdangerous import TimestampSigner

from backyard.accounts import recovery, services, tokens
from backyard.accounts.models import Theme
from backyard.mail.interface import Mail, MailError
from tests.unit.web.conftest import PASSWORD, Build, Site
from tests.unit.web.mailbox import mails, newest_link

Log = pytest.LogCaptureFixture
NEW = "new@example.org"


def first_tag(page: str) -> str:
    return page[page.index("<html") : page.index("<head")].strip()


@pytest.mark.parametrize(
    ("theme", "tag"),
    [
        ("system", '<html lang="en">'),
        ("light", '<html lang="en" data-bs-theme="light">'),
        ("dark", '<html lang="en" data-bs-theme="dark">'),
    ],
)
def test_the_theme_is_in_every_page_on_every_device(site: Site, theme: str, tag: str) -> None:
    answer = site.browser("member").post("/account/theme", theme=theme)
    assert answer.location == "/account#content"
    elsewhere = site.nobody()
    elsewhere.log_in("member")
    for path in ("/exercises", "/account", "/no-such-page"):
        assert first_tag(elsewhere.get(path).text) == tag
    assert site.user("member").theme is Theme(theme)
    assert first_tag(site.browser("stranger").get("/account").text) == '<html lang="en">'


def test_the_settings_page_shows_the_theme_that_is_set(site: Site) -> None:
    browser = site.browser("member")
    browser.post("/account/theme", theme="dark")
    assert 'value="dark" checked' in browser.get("/account").text


def test_the_bars_button_gets_no_page(site: Site) -> None:
    browser = site.browser("member")
    headers = {"Accept": "application/json", "X-CSRFToken": browser.token()}
    answer = browser.client.post("/account/theme", data={"theme": "dark"}, headers=headers)
    assert (answer.status_code, answer.text) == (204, "")
    assert site.user("member").theme is Theme.DARK


def test_a_theme_that_is_none_is_refused(site: Site) -> None:
    answer = site.browser("member").post("/account/theme", theme="pink")
    assert answer.status_code == 422
    assert "Choose one of the three." in answer.text
    assert site.user("member").theme is Theme.SYSTEM


def test_a_browser_keeps_the_theme_after_the_log_out(site: Site) -> None:
    browser = site.browser("member")
    browser.post("/account/theme", theme="dark")
    browser.post("/logout")
    assert 'data-bs-theme="dark"' in first_tag(browser.get("/").text)
    browser.log_in("member")
    browser.post("/account/theme", theme="system")
    browser.post("/logout")
    assert first_tag(browser.get("/").text) == '<html lang="en">'


def test_a_cookie_is_no_way_to_write_into_the_page(site: Site) -> None:
    browser = site.nobody()
    browser.client.set_cookie("theme", '"><script>')
    assert first_tag(browser.get("/").text) == '<html lang="en">'


def test_a_new_address_is_not_verified_and_the_old_one_hears_of_it(site: Site, caplog: Log) -> None:
    browser = site.browser("member")
    with site.app.app_context():
        user = services.find("member")
        assert user
        recovery.verify(user)
    assert "✓ verified" in browser.get("/account").text
    answer = browser.post("/account/email", email=" New@Example.org ", password=PASSWORD)
    assert answer.location == "/account#content"
    user = site.user("member")
    assert (user.email, user.email_verified_at) == (NEW, None)
    [mail] = mails(site, caplog)
    assert "\nTo: member@example.org\n" in mail
    assert NEW in mail
    assert site.nobody().log_in(NEW).status_code == 302


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"email": NEW, "password": "wrong"}, "This is not your password."),
        ({"email": "new", "password": PASSWORD}, "This is not an email address."),
        ({"email": "STRANGER@example.org", "password": PASSWORD}, "There is an account with this"),
        ({"email": "member@example.org", "password": PASSWORD}, "This is your address already."),
        ({"email": "", "password": PASSWORD}, "Type your new email address."),
    ],
)
def test_an_address_is_not_changed(
    site: Site, caplog: Log, form: dict[str, str], sentence: str
) -> None:
    answer = site.browser("member").post("/account/email", **form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert site.user("member").email == "member@example.org"
    assert mails(site, caplog) == []


def test_wrong_passwords_here_are_counted_too(site: Site) -> None:
    browser = site.browser("member")
    form = {"email": NEW, "password": "wrong"}
    found = [browser.post("/account/email", **form).status_code for _ in range(11)]
    assert found == [422] * 10 + [429]


def test_a_refused_forms_address_leads_to_its_section(site: Site) -> None:
    for section in ("theme", "email", "password", "delete"):
        answer = site.browser("member").get(f"/account/{section}")
        assert answer.location == f"/account#{section}"


@pytest.mark.parametrize("sent", ["", "theme", "email", "password", "delete"])
def test_every_label_has_its_field_and_no_id_is_twice(site: Site, sent: str) -> None:
    browser = site.browser("instructor")
    page = (browser.post(f"/account/{sent}") if sent else browser.get("/account")).text
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    pointing = re.findall(r'\b(?:for|aria-describedby|aria-labelledby)="([^"]+)"', page)
    assert {name for names in pointing for name in names.split()} <= set(ids)
    assert ('class="form-control is-invalid"' in page) is (sent not in ("", "theme"))


def link_to_verify(site: Site, caplog: Log, name: str = "member") -> str:
    assert site.browser(name).post("/account/email/mail").location == "/account#content"
    return newest_link(site, caplog)


def test_an_address_is_verified_by_link_and_button(site: Site, caplog: Log) -> None:
    browser = site.browser("member")
    assert "not verified" in browser.get("/account").text
    link = link_to_verify(site, caplog)
    assert "member@example.org" in browser.get(link).text
    assert site.user("member").email_verified_at is None  # a program that opens links does not
    assert browser.post(link).location == "/account"
    assert site.user("member").email_verified_at is not None
    assert "✓ verified" in browser.get("/account").text


def test_a_verified_address_gets_no_more_mail(site: Site, caplog: Log) -> None:
    site.browser("member").post(link_to_verify(site, caplog))
    site.browser("member").post("/account/email/mail")
    assert len(mails(site, caplog)) == 1


def test_who_is_not_logged_in_comes_back_to_the_link(site: Site, caplog: Log) -> None:
    link = link_to_verify(site, caplog)
    browser = site.nobody()
    asked = browser.get(link)
    answer = browser.post(asked.location, name="member", password=PASSWORD)
    assert answer.location == link


def test_nobody_verifies_another_ones_address(site: Site, caplog: Log) -> None:
    link = link_to_verify(site, caplog)
    answer = site.browser("stranger").post(link)
    assert answer.status_code == 410
    assert "You are logged in as stranger" in answer.text
    assert site.user("stranger").email_verified_at is None
    assert site.user("member").email_verified_at is None


def test_a_link_verifies_the_address_that_it_was_sent_to_alone(site: Site, caplog: Log) -> None:
    link = link_to_verify(site, caplog)
    browser = site.browser("member")
    browser.post("/account/email", email=NEW, password=PASSWORD)
    assert browser.post(link).status_code == 410
    assert site.user("member").email_verified_at is None


@pytest.mark.parametrize(("hours", "status"), [(71, 302), (73, 410)])
def test_a_link_verifies_for_three_days(
    site: Site, caplog: Log, monkeypatch: pytest.MonkeyPatch, hours: int, status: int
) -> None:
    link, browser = link_to_verify(site, caplog), site.browser("member")
    token, now = browser.token(), TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now(self) + hours * 3600)
    assert browser.client.post(link, data={"csrf_token": token}).status_code == status


def test_a_link_to_a_new_password_verifies_nothing(site: Site) -> None:
    with site.app.app_context():
        user = services.find("member")
        assert user
        token = tokens.recovery_token(user)
    assert site.browser("member").post(f"/account/email/{token}").status_code == 410


def test_one_user_is_sent_so_many_mails(build: Build, caplog: Log) -> None:
    site = build(mail_rate="2 per hour")
    browser = site.browser("member")
    answers = [browser.post("/account/email/mail").status_code for _ in range(3)]
    assert answers == [302, 302, 429]


def test_a_mail_that_can_not_be_sent_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        is_real = True

        def send(self, mail: Mail) -> None:
            raise MailError("no mailbox")

    monkeypatch.setattr(site.app.extensions["backyard.outbox"], "_mailer", Broken())
    browser = site.browser("member")
    browser.post("/account/email/mail")
    page = browser.get("/account").text
    assert "The mail could not be sent, which is our fault." in page
    assert "no mailbox" not in page


def test_a_cohort_may_ask_for_a_verified_address(site: Site, caplog: Log) -> None:
    teacher, member = site.browser("instructor"), site.browser("member")
    cohort = teacher.post("/cohorts", name="Autumn", wants_verified="y").location
    found = teacher.get(cohort).text
    code = found[found.index("font-monospace") :].split(">")[1].split("<")[0]
    answer = member.post("/cohorts/join", code=code)
    assert answer.status_code == 422
    assert "takes only learners with a verified email address" in answer.text
    assert "Send me the mail" in answer.text
    member.post(link_to_verify(site, caplog))
    assert member.post("/cohorts/join", code=code).location == cohort


def test_a_member_stays_when_a_cohort_begins_to_ask_for_that(site: Site) -> None:
    cohort = site.cohort("Spring", "instructor", "member")
    path = f"/cohorts/{cohort.id}"
    site.browser("instructor").post(f"{path}/name", name="Spring", wants_verified="y")
    assert site.browser("member").get(path).status_code == 200
    assert site.browser("member").post("/cohorts/join", code=cohort.code).location == path
    assert site.browser("stranger").post("/cohorts/join", code=cohort.code).status_code == 422
    assert "checked" in site.browser("instructor").get(path).text
    site.browser("instructor").post(f"{path}/name", name="Spring")
    assert site.browser("stranger").post("/cohorts/join", code=cohort.code).location == path
