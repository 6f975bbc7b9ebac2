"""For sites without a mail server: what would be sent stands in the log."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from backyard.mail.interface import Mail

log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LogMailer:
    """Writes mail to the log. `sender` is its From."""

    sender: str
    is_real: bool = False

    def send(self, mail: Mail) -> None:
        """Log the whole message. As a warning: a site that people rely on should have a server."""
        text = mail.written(self.sender).get_content()
        log.warning(
            "BACKYARD_SMTP_URL is not set, so this mail is only written here.\n"
            "From: %s\nTo: %s\nSubject: %s\n\n%s",
            *(self.sender, mail.to, mail.subject, text),
        )
