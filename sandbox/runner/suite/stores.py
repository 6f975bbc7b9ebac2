"""`redis`: the suite's own session on the sandbox's Redis, emptied for each test."""

from __future__ import annotations

import redis

from sandbox.runner.services.address import REDIS_SOCKET


class Stores:
    """Hands out the one session, on a server that is as new for each test."""

    def __init__(self, password: str) -> None:
        self._session = redis.Redis(
            unix_socket_path=REDIS_SOCKET,
            username="suite",
            password=password,
            decode_responses=True,
            socket_timeout=2.0,
        )

    def fresh(self) -> redis.Redis:
        """End the learner's sessions, forget what they left, and return the suite's own."""
        for kind in ("normal", "pubsub"):
            self._session.client_kill_filter(_type=kind, skipme=True)
        self._session.flushall()
        self._session.script_flush()
        self._session.function_flush()
        return self._session
