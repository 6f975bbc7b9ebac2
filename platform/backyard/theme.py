"""Which colours this browser has chosen: all that is known where nobody is logged in."""

from __future__ import annotations

from typing import Final

from flask import request

COOKIE: Final = "theme"
"""Written by the settings page, and by the script of the button in the bar."""


def browser_theme() -> str:
    """`light`, `dark`, or nothing where the system decides. Needs no database."""
    theme = request.cookies.get(COOKIE, "")
    return theme if theme in ("light", "dark") else ""
