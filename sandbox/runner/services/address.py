"""Where the sandbox's services are. Apart, so that nobody loads a client to know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

POSTGRES_DIRECTORY: Final = "/run/postgresql"
DATABASE: Final = "exercise"
REDIS_SOCKET: Final = "/run/redis/redis.sock"
WEBSITE_PORT: Final = 8000

_ENVIRON: Final[Mapping[str, Mapping[str, str]]] = {
    "postgres": {"DATABASE_URL": f"postgresql://learner@/{DATABASE}?host={POSTGRES_DIRECTORY}"},
    "redis": {"REDIS_URL": f"unix://{REDIS_SOCKET}"},
    "website": {"SITE_URL": f"http://127.0.0.1:{WEBSITE_PORT}"},
}
"""What learners' programs find in their environment, by the service's name."""


def environ_of(services: Iterable[str]) -> dict[str, str]:
    """Return the variables that tell a learner's program where these services are."""
    return {name: value for service in services for name, value in _ENVIRON[service].items()}
