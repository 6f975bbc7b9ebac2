"""A server of the learner's own, in whatever language: a command, reached by port or socket.

The suite knows one socket, which it has bound itself. What comes there goes on to the address on
which the command serves.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from sandbox.runner.subject.applications import START_SECONDS, NotAnApplication

LOOK_SECONDS: Final = 0.01
"""How long to wait between two tries to reach the server."""

HOST: Final = "127.0.0.1"
PIECE: Final = 64 * 1024

Address = int | Path
"""A port of 127.0.0.1, or the path of a Unix socket."""


def start(command: Sequence[str], address: Address) -> None:
    """Start the command and wait until it answers. Raises NotAnApplication."""
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    except OSError as error:
        words = f"{command[0]} can't be started: {error.strerror}."
        raise NotAnApplication(words) from None
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            ended = f"Your server ended with {process.returncode}"
            raise NotAnApplication(f"{ended} before it served {_words(address)}.")
        with suppress(OSError):
            _connect(address).close()
            return
        time.sleep(LOOK_SECONDS)
    raise NotAnApplication(f"Your server did not serve {_words(address)} in {START_SECONDS:g} s.")


def serve(address: Address, listener: socket.socket, orders: socket.socket) -> None:
    """Pass connections on until there is an order. One thread does it all, since learners' tasks
    are counted, and none waits for another: a server may take up few connections at a time."""
    asyncio.run(_serve(address, listener, orders))


async def _serve(address: Address, listener: socket.socket, orders: socket.socket) -> None:
    ordered = asyncio.Event()
    asyncio.get_running_loop().add_reader(orders, ordered.set)
    await asyncio.start_server(partial(_pass_on, address), sock=listener)
    await ordered.wait()


async def _pass_on(
    address: Address, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    try:
        from_server, to_server = await _reach(address)
    except OSError:  # it has ended: the suite sees a connection that closes
        writer.close()
        return
    await asyncio.gather(_pump(reader, to_server), _pump(from_server, writer))
    to_server.close()
    writer.close()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await source.read(PIECE):
            target.write(piece)
            await target.drain()
    with suppress(OSError):  # the other side is told in any case, or it waits for ever
        target.write_eof()


async def _reach(address: Address) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if isinstance(address, int):
        return await asyncio.open_connection(HOST, address)
    while True:
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.setblocking(False)
        try:
            made.connect(str(address))
            return await asyncio.open_unix_connection(sock=made)
        except BlockingIOError:  # too many wait at its door, and nothing tells when none do
            made.close()
            await asyncio.sleep(LOOK_SECONDS)
        except OSError:
            made.close()
            raise


def _connect(address: Address) -> socket.socket:
    if isinstance(address, int):
        return socket.create_connection((HOST, address))
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        made.connect(str(address))
    except OSError:
        made.close()
        raise
    return made


def _words(address: Address) -> str:
    return f"port {address}" if isinstance(address, int) else f"the socket {address.name}"
