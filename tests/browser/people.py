"""What people do on the site, in the words of a test."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Site
from tests.browser.watch import Watch

PASSWORD: Final = "four quiet apple trees"

GRADING_MS: Final = 60_000
"""How long a verdict may take: the first one of a run waits for a cold sandbox."""


class Person:
    """Somebody in front of a browser of their own."""

    def __init__(self, site: Site, page: Page, watch: Watch, name: str) -> None:
        self.site = site
        self.page = page
        self.watch = watch
        self.name = name

    def open(self, path: str) -> None:
        """Go to a page of the site by its path."""
        self.page.goto(self.site.url + path)

    def register(self) -> None:
        """Make an account, from the start page on."""
        self.open("/")
        self.page.get_by_role("link", name="Make an account").first.click()
        self.page.get_by_label("Username").fill(self.name)
        self.page.get_by_label("Email address").fill(f"{self.name}@example.com")
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_label("Password, again").fill(PASSWORD)
        self.page.get_by_role("button", name="Register").click()
        expect(self.page.get_by_text("Welcome!")).to_be_visible()

    def log_in(self, password: str = PASSWORD) -> None:
        """Log in to an account that is there already."""
        self.open("/login")
        self.page.get_by_label("Username or email address").fill(self.name)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("button", name="Log out")).to_be_visible()

    def open_exercise(self, exercise: str) -> None:
        """Open the exercise `track/slug` and wait until its editor is there."""
        self.open(f"/exercises/{exercise}")
        self.editor.wait_for(state="attached")
        code = self.page.get_by_role("tab", name="Code", exact=True)
        if code.is_visible():  # on a narrow screen
            code.click()
        expect(self.editor).to_be_visible()

    @property
    def editor(self) -> Locator:
        """The code of the file whose tab is selected."""
        return self.page.locator("[role=tabpanel]:not([hidden]) .cm-content")

    @property
    def result(self) -> Locator:
        """The part of the page that shows the result."""
        return self.page.locator("#result")

    def tests(self, outcome: str) -> Locator:
        """The shown tests with an outcome, such as `passed` or `pending`."""
        return self.result.locator(f"[data-outcome={outcome}]")

    def paste(self, text: str) -> None:
        """Replace what stands in the editor, through the clipboard."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.editor.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Control+V")

    def submit(self) -> None:
        """Press Submit."""
        self.page.get_by_role("button", name="Submit", exact=True).click()

    def see_verdict(self, word: str) -> None:
        """Wait for the verdict and expect its word."""
        head = self.result.locator(".verdict-word")
        expect(head).to_have_text(word, timeout=GRADING_MS)
        expect(self.page).to_have_title(re.compile(re.escape(word)))

    def solve(self, exercise: str, text: str, word: str = "Passed") -> None:
        """Open an exercise of one file, paste `text`, submit, and wait for the verdict."""
        self.open_exercise(exercise)
        self.paste(text)
        self.submit()
        self.see_verdict(word)
