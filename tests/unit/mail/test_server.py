"""The setting that names a mail server."""

from __future__ import annotations

import pytest

from backyard.config import Settings
from backyard.mail.log import LogMailer
from backyard.mail.outbox import mailer_of
from backyard.mail.server import Server, Wall
from backyard.mail.smtp import SmtpMailer


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", Server(Wall.STARTTLS, "mail.example.org", 587)),
        ("smtps://mail.example.org", Server(Wall.TLS, "mail.example.org", 465)),
        ("smtp+plain://localhost", Server(Wall.NONE, "localhost", 25)),
        (
            "smtp://u:p@mail.example.org:2525/",
            Server(Wall.STARTTLS, "mail.example.org", 2525, "u", "p"),
        ),
        ("smtps://a%40b.org:p%2F%3Aq@h", Server(Wall.TLS, "h", 465, "a@b.org", "p/:q")),
        ("smtp+plain://u:p@127.0.0.1", Server(Wall.NONE, "127.0.0.1", 25, "u", "p")),
        ("smtp://[::1]:26", Server(Wall.STARTTLS, "::1", 26)),
    ],
)
def test_a_server_is_read(url: str, server: Server) -> None:
    assert Server.parse(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://user:secret@host",
        "smtp://user:secret@",
        "smtp://user:secret@host:port",
        "smtp://user:secret@host/path",
        "smtp://user:secret@host?tls=no",
        "smtp://:secret@host",
        "smtp+plain://user:secret@mail.example.org",
    ],
)
def test_what_can_not_be_right_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as raised:
        Server.parse(url)
    assert "secret" not in str(raised.value)


def test_a_password_shows_in_no_representation() -> None:
    url = "smtp://user:secret@mail.example.org"
    settings = Settings(smtp_url=url)
    shown = (repr(settings), str(settings), repr(mailer_of(url, "a@b.org")))
    assert not any("secret" in text for text in shown)


def test_the_setting_chooses_the_mailer() -> None:
    assert isinstance(mailer_of("", "a@b.org"), LogMailer)
    assert isinstance(mailer_of("smtp://mail.example.org", "a@b.org"), SmtpMailer)


def test_mail_comes_from_the_sites_own_address_unless_set() -> None:
    assert Settings(public_url="https://x.example").sender == "Backyard <backyard@x.example>"
    assert Settings(mail_from="me@x.example").sender == "me@x.example"
