"""Mail by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from typing import Final

from backyard.mail.interface import Mail, MailError
from backyard.mail.server import Server, Wall

TIMEOUT: Final = 8.0
"""Seconds that the server may take for any one of its answers."""


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Hands mail to `server`, each over a connection of its own. `sender` is its From."""

    server: Server
    sender: str
    timeout: float = TIMEOUT
    is_real: bool = True

    def send(self, mail: Mail) -> None:
        """Hand `mail` over. Raises MailError; ValueError as `Mail.written`."""
        message = mail.written(self.sender)
        try:
            with self._connect() as connection:
                if self.server.user:
                    connection.login(self.server.user, self.server.password)
                connection.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(self._explain(error)) from None

    def _connect(self) -> smtplib.SMTP:
        """Encrypted by now, unless the setting says that it need not be: a server that can't
        STARTTLS is refused, or whoever sits between could take its offer away."""
        server = self.server
        if server.wall is Wall.TLS:
            tls = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=self.timeout, context=tls)
        connection = smtplib.SMTP(server.host, server.port, timeout=self.timeout)
        if server.wall is Wall.STARTTLS:
            try:
                connection.starttls(context=ssl.create_default_context())
            except BaseException:
                connection.close()
                raise
        return connection

    def _explain(self, error: Exception) -> str:
        """The server's words, which could repeat what they were sent: without the password."""
        words = str(error) or type(error).__name__
        if self.server.password:
            words = words.replace(self.server.password, "…")
        return f"{self.server.host}:{self.server.port}: {type(error).__name__}: {words}"
