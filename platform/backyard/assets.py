"""The front end's built files, by the names that templates use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, url_for


class FrontEndMissing(Exception):
    """The front end isn't built; the message tells the operator how to build it."""


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Mapping[str, str]:
    names: Mapping[str, str] = json.loads(path.read_text())
    return names


def _manifest() -> Mapping[str, str]:
    """The names as built last, even when that was while this process ran."""
    path = Path(current_app.static_folder or "") / "dist" / "manifest.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise FrontEndMissing(
            "The front end isn't built. Run `make setup`, then load this page again."
        ) from None


def asset(name: str) -> str:
    """The URL of `main.css`, `main.js` or `editor.js` as built. Raises FrontEndMissing."""
    return url_for("static", filename=f"dist/{_manifest()[name]}")


def init_assets(app: Flask) -> None:
    """Let templates call `asset(name)`."""
    app.add_template_global(asset)
