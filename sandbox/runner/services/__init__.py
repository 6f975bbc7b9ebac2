"""Services that run beside the subject, each real and each the sandbox's own."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Final

from sandbox.runner.services.starting import Starting

KNOWN: Final = ("postgres", "redis", "website")
"""Each is a module here that has `start`."""


def start(names: Iterable[str]) -> dict[str, Starting]:
    """Begin to start the services. Raises KeyError for one that the runner doesn't know."""
    return {name: _start(name) for name in names}


def _start(name: str) -> Starting:
    if name not in KNOWN:
        raise KeyError(f"the runner knows no service {name!r}, but {', '.join(KNOWN)}")
    starting: Starting = importlib.import_module(f"sandbox.runner.services.{name}").start()
    return starting
