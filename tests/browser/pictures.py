"""Takes README's pictures at the moments of the journeys that they are about.

`BACKYARD_PICTURES=docs .venv/bin/pytest tests/browser` writes them; without it nothing is written.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

FRAME: Final[dict[str, Any]] = {
    "viewport": {"width": 1440, "height": 900},
}
"""How the browser of somebody whose page is photographed is opened."""

PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}

SCALE: Final = 2
"""Dots for each pixel of the page: sharp on dense screens, too."""

QUALITY: Final = 85
"""Of WebP, at which letters stay sharp in a third of a PNG's bytes."""


def take(page: Page, name: str) -> None:
    """Write what is on the screen to `<name>.webp` in the folder of BACKYARD_PICTURES, if set."""
    folder = os.environ.get("BACKYARD_PICTURES")
    if not folder:
        return
    page.mouse.move(0, 0)
    page.wait_for_timeout(1_000)  # until it has scrolled to where it leads, and shows no cursor
    session = page.context.new_cdp_session(page)
    options = {"format": "webp", "quality": QUALITY, "clip": _clip(page)}
    picture = base64.b64decode(session.send("Page.captureScreenshot", options)["data"])
    Path(folder, f"{name}.webp").write_bytes(picture)


def _clip(page: Page) -> dict[str, Any]:
    """What is in sight, in twice as many dots: the protocol does not ask the device for its own."""
    sight: dict[str, Any] = page.evaluate(
        "({x: scrollX, y: scrollY, width: innerWidth, height: innerHeight})"
    )
    return {**sight, "scale": SCALE}
