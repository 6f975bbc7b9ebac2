"""The web tests' site, for those who teach."""

from __future__ import annotations

from tests.unit.web.conftest import build, prepared, site

__all__ = ["build", "prepared", "site"]  # fixtures
