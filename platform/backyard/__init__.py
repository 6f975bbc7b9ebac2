"""Backyard, the web application: the only place that knows Flask and SQLAlchemy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from backyard.config import Settings

__all__ = ["create_app"]


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application, made of `settings` (from the environment where none are given).

    Raises `backyard.config.ConfigurationError` with a sentence for the operator. The imports are
    inside so that `backyard grade`, which needs no web, starts without Flask.
    """
    from backyard.application import build
    from backyard.config import load_settings

    return build(settings or load_settings())
