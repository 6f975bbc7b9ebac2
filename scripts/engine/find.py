"""Finds an engine that is there already."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from scripts.engine.api import answers

SYSTEM_SOCKET: Final = Path("/var/run/docker.sock")
UNIX: Final = "unix://"


FORBIDDEN: Final = (
    "A Docker engine is running, but you may not use it: add yourself to the group "
    "`docker` and log in again, or set DOCKER_HOST to an engine of your own."
)


class NoEngine(Exception):
    """There is no engine, and none can be had; the message is a sentence for the user."""


def find_engine() -> str | None:
    """Return the DOCKER_HOST of an engine that answers, or None where there is none.

    Raises NoEngine where one is named or running that the user cannot use.
    """
    chosen = os.environ.get("DOCKER_HOST")
    return _check(chosen) if chosen else _search()


def _check(host: str) -> str:
    if not host.startswith(UNIX):
        return host  # The Docker SDK asks engines behind TCP or SSH: it knows their keys.
    try:
        if answers(Path(host.removeprefix(UNIX))):
            return host
    except PermissionError:
        raise NoEngine(FORBIDDEN) from None
    raise NoEngine(f"No Docker engine answers at {host}, which is what DOCKER_HOST names.")


def _search() -> str | None:
    forbidden = False
    for path in _sockets():
        try:
            if answers(path):
                return f"{UNIX}{path}"
        except PermissionError:
            forbidden = True
    if forbidden:
        raise NoEngine(FORBIDDEN)
    return None


def _sockets() -> Iterator[Path]:
    """Yield where an engine may listen: the system's socket, then those of a user's own engine."""
    yield SYSTEM_SOCKET
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime) / "docker.sock"
    yield Path.home() / ".docker/run/docker.sock"
