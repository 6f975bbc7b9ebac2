"""`redis`: the suite's own session on the sandbox's Redis, emptied for each test."""

from __future__ import annotations

from contextlib import suppress

import redis

from sandbox.runner.services.address import REDIS_SOCKET


class Stores:
    """Hands out the one session, on a server that is as new for each test."""

    def __init__(self, password: str) -> None:
        self._password = password
        self._session = self._connect()

    def fresh(self) -> redis.Redis:
        """End the learner's sessions, forget what they left, and return the suite's own."""
        for kill in (self._session.script_kill, self._session.function_kill):
            with suppress(redis.ResponseError):  # as a rule none is under way
                kill()
        self._end_others()
        self._await_queue()
        self._end_others()
        self._session.flushall()
        self._session.script_flush()
        self._session.function_flush()
        return self._session

    def _end_others(self) -> None:
        for kind in ("normal", "pubsub"):
            self._session.client_kill_filter(_type=kind, skipme=True)

    def _await_queue(self) -> None:
        """Wait until the server has accepted all connections that were made until now, with the
        commands that are in them: it does so in their order, so the last one is one of ours."""
        with suppress(redis.ConnectionError), self._connect() as last:  # too many were before it
            last.ping()

    def _connect(self) -> redis.Redis:
        return redis.Redis(
            unix_socket_path=REDIS_SOCKET,
            username="suite",
            password=self._password,
            decode_responses=True,
            socket_timeout=2.0,
        )
