"""Serving the learner's WSGI application."""

from __future__ import annotations

import logging
import select
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from sandbox.runner.subject import rehearsal
from sandbox.runner.subject.wsgi import answer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

SWITCHING: Final = 1e-5
"""Seconds after which one thread lets another run: races are to be lost here, not in production."""


def rehearse() -> None:
    """Answer two requests of our own, and so be quick from then on."""
    application = rehearsal.application()
    for request in rehearsal.REQUESTS:
        here, there = socket.socketpair()
        with here, there:
            here.sendall(request)
            answer(there, application)


def serve(
    application: WSGIApplication, threads: int, listener: socket.socket, orders: socket.socket
) -> None:
    """Answer requests until there is an order, `threads` of them at once.

    With one thread a learner's SQLite connection or plain list behaves as they expect.
    """

    def handle(connection: socket.socket) -> None:
        _answer(connection, application)

    if threads == 1:
        accept(listener, orders, handle)
        return
    sys.setswitchinterval(SWITCHING)
    with ThreadPoolExecutor(threads) as executor:
        accept(listener, orders, lambda connection: executor.submit(handle, connection))


def accept(
    listener: socket.socket, orders: socket.socket, handle: Callable[[socket.socket], object]
) -> None:
    """Give `handle` one connection after another, until there is an order."""
    while orders not in select.select([listener, orders], [], [])[0]:
        connection, _ = listener.accept()
        handle(connection)


def _answer(connection: socket.socket, application: WSGIApplication) -> None:
    with connection:
        try:
            answer(connection, application)
        except OSError:  # the suite has left in the meantime
            pass
        except Exception:
            logging.getLogger("server").exception("The application failed.")
        with suppress(OSError):
            connection.shutdown(socket.SHUT_WR)  # though a child may still hold it
