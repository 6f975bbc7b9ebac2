"""A web server that answers every request with bytes of the test's choosing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

Talk = Callable[[socket.socket], None]


def says(*pieces: bytes) -> Talk:
    """Send `pieces`, and close."""

    def talk(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return talk


class HostileServer:
    """Use as a context manager; `path` is its socket. Serves one connection."""

    def __init__(self, folder: Path, talk: Talk) -> None:
        self.path = folder / "app.sock"
        self.heard = b""
        self._talk = talk
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(self.path))
        self._listener.listen(1)
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._thread.join(timeout=10)
        assert not self._thread.is_alive(), "the client never left"

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            while b"\r\n\r\n" not in self.heard:
                self.heard += connection.recv(65536)
            try:
                self._talk(connection)
            except OSError:  # the client has had enough
                return
