"""Sees what goes wrong behind a page's face: errors, policy violations, requests to elsewhere."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

TELL_VIOLATIONS: Final = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI}`);
});
"""


class Watch:
    """Collects complaints of every page in a browser context."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self._origin = origin
        self._complaints: list[str] = []
        self._expected: list[str] = []
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)

    def expect(self, pattern: str) -> None:
        """Complaints in which the regular expression `pattern` is found are meant to be."""
        self._expected.append(pattern)

    @property
    def complaints(self) -> list[str]:
        """What went wrong so far and was not expected."""
        return [
            complaint
            for complaint in self._complaints
            if not any(re.search(pattern, complaint) for pattern in self._expected)
        ]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complaints.append(f"{message.type} on the console: {message.text}")

    def _on_error(self, error: WebError) -> None:
        self._complaints.append(f"uncaught in a script: {error.error}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob"):
            return
        if f"{parts.scheme}://{parts.netloc}" != self._origin:
            self._complaints.append(f"a request to elsewhere: {request.url}")
