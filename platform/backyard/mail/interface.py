"""What a mail is, and what whoever carries it away can do."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from typing import Protocol


class MailError(Exception):
    """A mail could not be handed over; the message is for operators and holds no password."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A plain text to one address. `subject` is one line."""

    to: str
    subject: str
    text: str

    def written(self, sender: str) -> EmailMessage:
        """The mail as RFC 5322 has it. Raises ValueError for a line break in an address or subject.

        `Auto-Submitted` (RFC 3834) keeps holiday answers from coming back.
        """
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, self.to, self.subject
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text)
        return message


class Mailer(Protocol):
    """Carries mail away. May be used by several threads."""

    @property
    def is_real(self) -> bool:
        """Whether mail leaves this machine, so that its reader can be told to look for it."""
        ...

    def send(self, mail: Mail) -> None:
        """Hand `mail` over. Raises MailError, after a bounded time, where that fails."""
        ...
