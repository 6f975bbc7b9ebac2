"""Pages leave their mail in the outbox, and none of them waits for long."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from threading import Event

import pytest

from backyard.mail import outbox
from backyard.mail.interface import Mail, MailError
from backyard.mail.outbox import Outbox

MAIL = Mail("ada@example.org", "Hello", "Hello\n")


@dataclass
class Slow:
    """A mailer that waits until it is let go, and fails if told to."""

    failure: MailError | None = None
    sent: list[Mail] = field(default_factory=list)
    go: Event = field(default_factory=Event)
    is_real: bool = True

    def send(self, mail: Mail) -> None:
        self.go.wait()
        if self.failure:
            raise self.failure
        self.sent.append(mail)


def test_what_is_posted_does_not_wait_and_is_sent(caplog: pytest.LogCaptureFixture) -> None:
    mailer = Slow()
    box = Outbox(mailer)
    box.post(lambda: MAIL)
    box.post(lambda: None)
    assert mailer.sent == []
    mailer.go.set()
    box.wait()
    assert mailer.sent == [MAIL]
    assert caplog.messages == []


def test_who_sends_hears_that_it_failed(caplog: pytest.LogCaptureFixture) -> None:
    mailer = Slow(MailError("no mailbox"))
    mailer.go.set()
    with pytest.raises(MailError, match="no mailbox"):
        Outbox(mailer).send(MAIL)
    assert "no mailbox" in caplog.text


def test_who_sends_waits_for_a_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "PATIENCE", 0.05)
    mailer = Slow()
    with pytest.raises(MailError, match="too slow"):
        Outbox(mailer).send(MAIL)
    mailer.go.set()


def test_a_failure_of_what_is_posted_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    mailer = Slow(MailError("no mailbox"))
    mailer.go.set()
    box = Outbox(mailer)

    def breaks() -> Mail:
        raise RuntimeError("the database is away")

    box.post(lambda: MAIL)
    box.post(breaks)
    box.wait()
    assert "no mailbox" in caplog.text
    assert "the database is away" in caplog.text


def test_a_server_that_hangs_does_not_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(outbox, "WAITING", 3)
    caplog.set_level(logging.ERROR)
    mailer = Slow()
    box = Outbox(mailer)
    for _ in range(5):
        box.post(lambda: MAIL)
    mailer.go.set()
    box.wait()
    assert len(mailer.sent) == 3
    assert caplog.text.count("Too many mails") == 2
