"""Serving the learner's ASGI application, on uvicorn, with its lifespan."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn

from sandbox.runner.subject.applications import NotAnApplication
from sandbox.runner.subject.tracebacks import LONGEST


class _Told:
    """The application, overheard where it says that its start has failed."""

    def __init__(self, application: Any) -> None:
        self.failure = ""
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def overheard(message: Any) -> None:
            if message["type"] == "lifespan.startup.failed":
                self.failure = message.get("message", "")
            await send(message)

        await self._application(scope, receive, overheard)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as uvicorn does, and say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def serve(
    application: Any, listener: socket.socket, orders: socket.socket, ready: Callable[[], None]
) -> None:
    """Call `ready` once the application has started, and answer requests until there is an order.

    Raises NotAnApplication when it does not start.
    """
    told = _Told(application)
    # websockets would want a library of their own, and no client of ours speaks them
    config = uvicorn.Config(
        told, lifespan="auto", loop="asyncio", http="h11", ws="none", log_config=None
    )
    server = _Server(config, ready)

    async def until_ordered() -> None:
        def leave() -> None:
            server.should_exit = server.force_exit = True

        asyncio.get_running_loop().add_reader(orders, leave)
        await server.serve([listener])

    with suppress(SystemExit):  # which is how uvicorn says that the start has failed
        asyncio.run(until_ordered())
    if not server.started:
        said = told.failure.strip()[-LONGEST:] or "Look at what it printed."
        raise NotAnApplication(f"Your application did not start. {said}")
