"""The browser of the browser tests: the system's own Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, sync_playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")

QUIET: Final = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str:
    """The path of a Chromium. Raises RuntimeError, with what to do, where there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise RuntimeError(
        "The browser tests need Chromium: install it so that `chromium` is on PATH "
        "(on Debian: apt-get install chromium)."
    )


@contextmanager
def launched() -> Iterator[Browser]:
    """A running Chromium without a window."""
    # Chromium's own sandbox refuses to run as root.
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*QUIET, *root])
        yield browser
        browser.close()
