"""A real mail server, and a way to read what either mailer has sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from backyard.mail.interface import Mailer
from backyard.mail.log import LogMailer
from backyard.mail.server import Server, Wall
from backyard.mail.smtp import SmtpMailer
from tests.unit.mail.smtp_server import SmtpServer, make_certificate

SENDER = "Backyard <practice@example.org>"


@dataclass(frozen=True)
class Letter:
    """What arrived of a mail."""

    sender: str
    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class Post:
    """A mailer, and what it has sent."""

    mailer: Mailer
    arrived: Callable[[], list[Letter]]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost with its key, in one file."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


Serve = Callable[..., SmtpServer]


@pytest.fixture
def serve(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """`serve(Wall.TLS, …)` starts a mail server whose certificate is trusted."""
    servers: list[SmtpServer] = []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    def start(wall: Wall = Wall.NONE, **options: object) -> SmtpServer:
        servers.append(SmtpServer(wall, certificate, **options))  # type: ignore[arg-type]
        servers[-1].start()
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(params=["smtp", "log"])
def post(request: pytest.FixtureRequest, serve: Serve, caplog: pytest.LogCaptureFixture) -> Post:
    """Each mailer in turn."""
    if request.param == "log":
        caplog.set_level(logging.WARNING)
        return Post(LogMailer(SENDER), lambda: [_logged(one) for one in caplog.messages])
    server = serve()
    mailer = SmtpMailer(Server(Wall.NONE, "localhost", server.port), SENDER)
    return Post(mailer, lambda: [Letter(*one) for one in server.letters()])


def _logged(message: str) -> Letter:
    head, _, text = message.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines()[1:])
    return Letter(fields["From"], fields["To"], fields["Subject"], text)
