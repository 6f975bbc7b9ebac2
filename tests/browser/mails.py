"""Reads the mails that a site without a mail server writes to its log."""

from __future__ import annotations

import re
import time
from typing import Final

from tests.browser.server import Site

MAIL_SECONDS: Final = 30


def link_to(site: Site, address: str) -> str:
    """The link in the newest mail to an address."""
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        mails = site.log.read_text().split("BACKYARD_SMTP_URL is not set")[1:]
        for mail in reversed([mail for mail in mails if f"\nTo: {address}\n" in mail]):
            if found := re.search(rf"^({re.escape(site.url)}/\S+)$", mail, re.M):
                return found[1]
        time.sleep(0.1)
    raise AssertionError(f"No mail to {address} came:\n{site.log.read_text()[-2000:]}")
