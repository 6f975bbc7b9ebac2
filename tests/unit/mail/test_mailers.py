"""Mail goes to a server or to the log, and both are told the same."""

from __future__ import annotations

import logging
import traceback

import pytest

from backyard.mail.interface import Mail, MailError
from backyard.mail.server import Server, Wall
from backyard.mail.smtp import SmtpMailer
from tests.unit.mail.conftest import SENDER, Letter, Post, Serve

MAIL = Mail("ada@example.org", "A new password", "Hello Ada,\n\nopen this:\nhttps://x.example/\n")
LOGIN = ("user", "geheim+/wort")


def test_a_mail_arrives_as_it_was_written(post: Post) -> None:
    post.mailer.send(MAIL)
    assert post.arrived() == [Letter(SENDER, MAIL.to, MAIL.subject, MAIL.text)]


def test_every_mail_arrives_in_its_turn(post: Post) -> None:
    for number in range(3):
        post.mailer.send(Mail(f"ada{number}@example.org", "Hello", "…\n"))
    assert [letter.to for letter in post.arrived()] == [f"ada{n}@example.org" for n in range(3)]


def test_letters_of_all_languages_arrive(post: Post) -> None:
    mail = Mail("ada@example.org", "Schöne Grüße", "Ωραία, 素晴らしい\n")
    post.mailer.send(mail)
    [letter] = post.arrived()
    assert (letter.subject, letter.text) == (mail.subject, mail.text)


def test_a_link_is_not_cut_in_two(post: Post) -> None:
    link = f"https://practice.example.org/password/new/{'x' * 300}"
    post.mailer.send(Mail("ada@example.org", "A new password", f"Open\n{link}\n"))
    assert link in post.arrived()[0].text.splitlines()


@pytest.mark.parametrize(
    "mail",
    [
        Mail("ada@example.org\nBcc: all@example.org", "Hello", ""),
        Mail("ada@example.org", "Hello\nBcc: all@example.org", ""),
    ],
)
def test_nobody_can_add_a_line_to_the_head(post: Post, mail: Mail) -> None:
    with pytest.raises(ValueError, match=r"(?i)line"):
        post.mailer.send(mail)
    assert post.arrived() == []


def mailer(
    serve: Serve, wall: Wall, known: tuple[str, str] = ("", ""), **options: object
) -> tuple[SmtpMailer, list[bytes]]:
    server = serve(wall, **options)
    return SmtpMailer(Server(wall, "localhost", server.port, *known), SENDER), server.received


@pytest.mark.parametrize("wall", Wall)
def test_mail_goes_through_each_wall_with_a_password(serve: Serve, wall: Wall) -> None:
    sending, received = mailer(serve, wall, LOGIN, login=LOGIN)
    sending.send(MAIL)
    assert len(received) == 1
    assert b"Auto-Submitted: auto-generated" in received[0]


def test_a_server_without_starttls_gets_neither_password_nor_mail(serve: Serve) -> None:
    server = serve(Wall.NONE, login=LOGIN)
    sending = SmtpMailer(Server(Wall.STARTTLS, "localhost", server.port, *LOGIN), SENDER)
    with pytest.raises(MailError, match="STARTTLS"):
        sending.send(MAIL)
    assert server.received == []


@pytest.mark.parametrize("wall", [Wall.TLS, Wall.STARTTLS])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    serve: Serve, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending, received = mailer(serve, wall)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailError, match="CERTIFICATE_VERIFY_FAILED"):
        sending.send(MAIL)
    assert received == []


def test_the_password_is_in_no_error_and_no_log(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sending, _ = mailer(serve, Wall.NONE, LOGIN, login=("user", "another"))
    with pytest.raises(MailError, match="535") as raised:
        sending.send(MAIL)
    shown = "".join(traceback.format_exception(raised.value)) + repr(sending) + caplog.text
    assert LOGIN[1] not in shown
    assert "not …" in str(raised.value)  # the server did repeat it


def test_a_server_that_refuses_is_quoted(serve: Serve) -> None:
    sending, _ = mailer(serve, Wall.NONE, refusal="no mailbox here")
    with pytest.raises(MailError, match="no mailbox here"):
        sending.send(MAIL)


def test_a_server_that_says_nothing_is_given_up(serve: Serve) -> None:
    server = serve(is_silent=True)
    sending = SmtpMailer(Server(Wall.NONE, "localhost", server.port), SENDER, timeout=0.2)
    with pytest.raises(MailError, match="timed out"):
        sending.send(MAIL)


def test_a_server_that_is_not_there_is_an_error(serve: Serve) -> None:
    server = serve()
    server.stop()
    with pytest.raises(MailError, match="refused"):
        SmtpMailer(Server(Wall.NONE, "localhost", server.port), SENDER).send(MAIL)


def test_an_address_that_the_server_does_not_take_is_an_error(serve: Serve) -> None:
    sending, received = mailer(serve, Wall.NONE)
    with pytest.raises(MailError, match="SMTPUTF8"):
        sending.send(Mail("ängela@exämple.org", "Hello", "…\n"))
    assert received == []
