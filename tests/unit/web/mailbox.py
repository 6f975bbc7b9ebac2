"""Reads the mails that a test's site has sent: it has no mail server, so they are in the log."""

from __future__ import annotations

import re

import pytest

from backyard.mail.outbox import Outbox
from tests.unit.web.conftest import Site


def mails(site: Site, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Every mail that was sent so far, oldest first."""
    outbox: Outbox = site.app.extensions["backyard.outbox"]
    outbox.wait()
    return [message for message in caplog.messages if message.startswith("BACKYARD_SMTP_URL")]


def newest_link(site: Site, caplog: pytest.LogCaptureFixture) -> str:
    """The path of the link in the newest mail."""
    found = re.search(r"^http://127\.0\.0\.1:8000(/\S+)$", mails(site, caplog)[-1], re.M)
    assert found
    return found[1]
