"""Where features leave their mail: nobody's page waits long for a mail server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from threading import Lock
from typing import Final

from flask import Flask, current_app

from backyard.mail.interface import Mail, Mailer, MailError
from backyard.mail.log import LogMailer
from backyard.mail.server import Server
from backyard.mail.smtp import SmtpMailer

PATIENCE: Final = 10.0
"""Seconds that a page waits for its mail to be handed over."""

THREADS: Final = 2

WAITING: Final = 200
"""Mails that may wait: a server that hangs must not fill the memory."""

log: Final = logging.getLogger(__name__)


class Outbox:
    """Sends mail in threads of its own, which start with the first."""

    def __init__(self, mailer: Mailer) -> None:
        self._mailer = mailer
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mail")
        self._waiting: set[Future[None]] = set()
        self._lock = Lock()

    @property
    def is_real(self) -> bool:
        """Whether mail leaves this machine."""
        return self._mailer.is_real

    def send(self, mail: Mail) -> None:
        """Send, and wait for it for `PATIENCE` seconds. Raises MailError."""
        try:
            self._start(lambda: self._mailer.send(mail)).result(PATIENCE)
        except TooSlow:
            log.error("a mail is not handed over in time")
            raise MailError("The mail server is too slow.") from None
        except MailError as error:
            log.error("a mail could not be sent: %s", error)
            raise

    def post(self, write: Callable[[], Mail | None]) -> None:
        """Have `write` called later and its mail sent, if it gives one. Failures are logged.

        What it costs to write a mail, or that there is none, can't be told by the clock then.
        """
        try:
            self._start(lambda: self._write_and_send(write))
        except MailError as error:
            log.error("a mail could not be sent: %s", error)

    def wait(self) -> None:
        """Return when all that was left here is sent or has failed."""
        with self._lock:
            waiting = list(self._waiting)
        for one in waiting:
            one.exception()

    def _start(self, work: Callable[[], None]) -> Future[None]:
        with self._lock:
            if len(self._waiting) >= WAITING:
                raise MailError("Too many mails wait to be sent.")
            future = self._threads.submit(work)
            self._waiting.add(future)
        future.add_done_callback(self._forget)
        return future

    def _forget(self, future: Future[None]) -> None:
        with self._lock:
            self._waiting.discard(future)

    def _write_and_send(self, write: Callable[[], Mail | None]) -> None:
        try:
            if mail := write():
                self._mailer.send(mail)
        except MailError as error:
            log.error("a mail could not be sent: %s", error)
        except Exception:
            log.exception("a mail could not be written")


def mailer_of(smtp_url: str, sender: str) -> Mailer:
    """SMTP where a server is named, else the log. Raises ValueError as `Server.parse`."""
    return SmtpMailer(Server.parse(smtp_url), sender) if smtp_url else LogMailer(sender)


def init_mail(app: Flask, mailer: Mailer) -> None:
    """Give `app` its outbox. No thread starts, and nothing is connected, before the first mail."""
    app.extensions["backyard.outbox"] = Outbox(mailer)


def outbox() -> Outbox:
    """The outbox of the application in whose context this runs."""
    found: Outbox = current_app.extensions["backyard.outbox"]
    return found
