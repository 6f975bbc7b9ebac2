"""The application of the web's tests, with an exercise that can be tried."""

from __future__ import annotations

from tests.unit.web.conftest import build, prepared, site

__all__ = ["build", "prepared", "site"]  # fixtures
