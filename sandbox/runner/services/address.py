"""Where the sandbox's PostgreSQL is. Apart, so that nobody loads psycopg to know it."""

from __future__ import annotations

from typing import Final

SOCKET_DIRECTORY: Final = "/run/postgresql"
DATABASE: Final = "exercise"
LEARNER_URL: Final = f"postgresql://learner@/{DATABASE}?host={SOCKET_DIRECTORY}"
