"""`redis`: the suite's own session on the sandbox's Redis, emptied for each test."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Final

import redis

from sandbox.runner.services.address import REDIS_SOCKET

END_SECONDS: Final = 2.0
"""How long to try to end programs that run on the server."""

PAUSE_SECONDS: Final = 0.005


class Stores:
    """Hands out the one session, on a server that is as new for each test."""

    def __init__(self, password: str) -> None:
        self._password = password
        self._session = self._connect()

    def fresh(self) -> redis.Redis:
        """End the learner's sessions, forget what they left, and return the suite's own."""
        end = time.monotonic() + END_SECONDS
        while True:
            try:
                self._empty()
                return self._session
            except redis.ResponseError as error:
                if not str(error).startswith("BUSY") or time.monotonic() > end:
                    raise
            self._end_programs()

    def _empty(self) -> None:
        """Raises redis.ResponseError, `BUSY`, while a script or a function is under way."""
        self._end_others()
        self._await_queue()
        self._end_others()
        self._session.flushall()
        self._session.script_flush()
        self._session.function_flush()

    def _end_programs(self) -> None:
        """Have a script or a function ended. The server goes on for a moment, and the next one may
        wait behind it; what has written something can't be ended."""
        for kill in (self._session.script_kill, self._session.function_kill):
            with suppress(redis.ResponseError):
                kill()
        time.sleep(PAUSE_SECONDS)

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
            socket_timeout=5.0,
        )
