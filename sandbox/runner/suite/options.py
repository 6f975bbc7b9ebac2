"""How pytest is called: without what a suite in a sandbox has no use for."""

from __future__ import annotations

from typing import Final

OPTIONS: Final = (
    "--quiet",
    "--capture=sys",
    "--strict-markers",
    "--tb=native",
    "-pno:cacheprovider",
    "-pno:faulthandler",
    "-pno:junitxml",
    "-pno:doctest",
    "-pno:pastebin",
    "-pno:stepwise",
    "-pno:logging",
    "-pno:unraisableexception",
    "-pno:threadexception",
    "-pno:setuponly",
    "-pno:setupplan",
    "-pno:legacypath",
)
