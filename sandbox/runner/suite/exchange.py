"""One HTTP exchange over a Unix socket, with a deadline for the whole of it.

The standard library's client reads the answer: httpx's own transport takes thrice the time.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

PIECE: Final = 64 * 1024
"""Bytes of a body read at once."""


class CutShort(http.client.HTTPException):
    """The server closed the connection before its answer was whole."""


class Wire:
    """What `http.client` takes for a socket. Raises TimeoutError wherever `deadline`, on the
    monotonic clock, passes. Use as a context manager."""

    def __init__(self, path: Path, deadline: float) -> None:
        self._path = path
        self._deadline = deadline
        self._begun = False
        self._head = True
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)

    def __enter__(self) -> Self:
        try:
            self._hurry()
            self._socket.connect(str(self._path))
        except OSError:
            self._socket.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Send a request. A server that does not take it may have answered nevertheless."""
        self._hurry()
        with suppress(BrokenPipeError):
            self._socket.sendall(data)

    def receive_into(self, buffer: Any) -> int:
        """Receive what there is, at least a byte; 0 at the end.

        Raises CutShort where the end comes inside of a head, which `http.client` would not mind.
        """
        self._hurry()
        count = self._socket.recv_into(buffer)
        if not count and self._head and self._begun:
            raise CutShort
        self._begun = True
        return count

    def end_of_head(self) -> None:
        """Take note that what follows is the body."""
        self._head = False

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a reader of what comes."""
        return io.BufferedReader(_Reading(self), PIECE)

    def _hurry(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)


def ask(
    wire: Wire, method: str, target: str, headers: Iterable[tuple[bytes, bytes]], body: bytes
) -> http.client.HTTPResponse:
    """Send one request and return the answer, read up to the end of its headers."""
    lines = [f"{method} {target} HTTP/1.1".encode("ascii")]
    for name, value in headers:
        if name.lower() == b"transfer-encoding":  # the body is here as a whole
            name, value = b"Content-Length", b"%d" % len(body)
        lines.append(name + b": " + value)
    head = b"\r\n".join(lines)
    if head.count(b"\n") >= len(lines):
        raise ValueError("A method, URL or header of a request holds a line break.")
    wire.send(head + b"\r\n\r\n" + body)
    answer = http.client.HTTPResponse(wire, method=method)  # type: ignore[arg-type]  # it reads only
    answer.begin()
    wire.end_of_head()
    return answer


def pieces(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """Yield the body as it comes. Raises CutShort when it ends early."""
    while piece := answer.read1(PIECE):
        yield piece
    if answer.length:
        raise CutShort


class _Reading(io.RawIOBase):
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._wire.receive_into(buffer)
