"""Which colours a page has, known before it is first painted."""

from __future__ import annotations

from typing import Final

from flask import Response, request

from backyard.accounts.models import Theme
from backyard.accounts.sessions import optional_user
from backyard.theme import COOKIE, browser_theme

YEAR: Final = 365 * 24 * 3600


def page_theme() -> str:
    """`light`, `dark`, or nothing where the system decides."""
    user = optional_user()
    theme = user.theme if user else browser_theme()
    return "" if theme in (Theme.SYSTEM, "") else str(theme)


def keep_in_browser(response: Response, theme: Theme) -> None:
    """Have the browser remember `theme` for when nobody is logged in."""
    if theme is Theme.SYSTEM:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(COOKIE, theme, max_age=YEAR, samesite="Lax", secure=request.is_secure)
