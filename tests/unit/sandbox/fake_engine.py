"""A small engine on a Unix socket: takes one attach request and answers with what it was given."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Self

UPGRADED: Final = (
    b"HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n"
    b"Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
)
STDOUT, STDERR = 1, 2

Answer = Callable[[socket.socket], None]


def part(data: bytes, stream: int = STDOUT) -> bytes:
    """One part of a multiplexed stream: Docker Engine API, "Attach to a container"."""
    return struct.pack(">BxxxI", stream, len(data)) + data


def sends(*pieces: bytes) -> Answer:
    """Answer with `pieces`, a packet each."""

    def answer(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return answer


def byte_by_byte(data: bytes) -> Answer:
    """Answer with `data` in packets of one byte."""
    return sends(*(data[at : at + 1] for at in range(len(data))))


class FakeEngine:
    """Use as a context manager. `request` is what the client asked, `received` what it sent then.

    It hangs up once the answer is out and `release` was called.
    """

    def __init__(self, folder: Path, answer: Answer) -> None:
        self.path = str(folder / "docker.sock")
        self.request = b""
        self.received = b""
        self._answer = answer
        self._released = threading.Event()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(self.path)
        self._listener.listen(1)
        self._thread = threading.Thread(target=self._serve)

    def release(self) -> None:
        """Let the engine hang up."""
        self._released.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        self._thread.join(timeout=10)
        self._listener.close()
        assert not self._thread.is_alive(), "the client never left"

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            while not self.request.endswith(b"\r\n\r\n"):
                self.request += connection.recv(1)
            self._answer(connection)
            self._released.wait(timeout=10)
            connection.shutdown(socket.SHUT_WR)
            self.received = b"".join(_all(connection))


def _all(connection: socket.socket) -> Iterable[bytes]:
    while piece := connection.recv(65536):
        yield piece
