"""A container's attached streams, over the engine's Unix socket.

docker-py reads the answer to the upgrade through a buffered reader and what follows from the
raw socket, so the stream's first bytes can be lost in that buffer. This client reads both from
one buffer. Format: Docker Engine API, "Attach to a container", stream format.
"""

from __future__ import annotations

import socket
import struct
import time
from collections import deque
from typing import Any, Final

from sandbox.errors import EngineUnavailable, SandboxFailed
from sandbox.protocol import Decoder, ProtocolError, encode

CONNECT_SECONDS: Final = 10.0
"""For the whole of attaching, however slowly the engine answers."""
SEND_SECONDS: Final = 10.0
STDERR_KEPT: Final = 8 * 1024
"""Bytes of the runner's own complaints that are kept for the operator."""

_CHUNK: Final = 256 * 1024
_PART: Final = struct.Struct(">BxxxI")
_STDERR: Final = 2


class AttachedStream:
    """Frames to a container's standard input and from its standard output."""

    def __init__(self, engine_socket: str, container: str) -> None:
        self._decoder = Decoder()
        self._frames: deque[dict[str, Any]] = deque()
        self._complaints = bytearray()
        try:
            self._socket, self._buffer = _attach(engine_socket, container)
        except OSError as error:
            raise EngineUnavailable(f"cannot attach to a container: {error}") from error

    def send(self, frame: dict[str, Any]) -> None:
        """Send one frame. Raises SandboxFailed when the other end is gone or does not read."""
        try:
            self._socket.settimeout(SEND_SECONDS)
            self._socket.sendall(encode(frame))
        except (OSError, ProtocolError) as error:
            raise self._failure(f"the sandbox does not take its job: {error}") from error

    def receive(self, deadline: float) -> dict[str, Any]:
        """Return the next frame. Raises TimeoutError at `deadline` and SandboxFailed at the end."""
        self._take_parts()  # the first may have come with the upgrade
        while not self._frames:
            self._read(deadline - time.monotonic())
        return self._frames.popleft()

    def open(self) -> bool:
        """Whether the stream has neither ended nor said anything that nobody asked for."""
        try:
            self._socket.setblocking(False)
            self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return not self._frames and not self._buffer
        except OSError:
            return False
        return False  # the end, or the complaints that came before it

    def close(self) -> None:
        """Let go of the socket. The engine then closes the container's standard input."""
        self._socket.close()

    def _read(self, seconds: float) -> None:
        if seconds <= 0:
            raise TimeoutError
        self._socket.settimeout(seconds)
        try:
            piece = self._socket.recv(_CHUNK)
        except TimeoutError:
            raise
        except OSError as error:
            raise self._failure(f"the stream broke: {error}") from error
        if not piece:
            raise self._failure("the stream ended before the verdict was in")
        self._buffer += piece
        self._take_parts()

    def _take_parts(self) -> None:
        while len(self._buffer) >= _PART.size:
            kind, length = _PART.unpack_from(self._buffer)
            if len(self._buffer) < _PART.size + length:
                return
            part = bytes(self._buffer[_PART.size : _PART.size + length])
            del self._buffer[: _PART.size + length]
            if kind == _STDERR:
                self._complaints = (self._complaints + part)[-STDERR_KEPT:]
            else:
                self._take_frames(part)

    def _take_frames(self, part: bytes) -> None:
        try:
            self._frames.extend(self._decoder.feed(part))
        except ProtocolError as error:
            raise self._failure(f"the sandbox broke the protocol: {error}") from error

    def _failure(self, what: str) -> SandboxFailed:
        said = self._complaints.decode("utf-8", "backslashreplace").strip()
        return SandboxFailed(f"{what}; the runner said: {said}" if said else what)


def _attach(path: str, container: str) -> tuple[socket.socket, bytearray]:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    deadline = time.monotonic() + CONNECT_SECONDS
    connection.settimeout(CONNECT_SECONDS)
    try:
        connection.connect(path)
        return connection, _upgrade(connection, container, deadline)
    except OSError:
        connection.close()
        raise


def _upgrade(connection: socket.socket, container: str, deadline: float) -> bytearray:
    """Ask for the streams; return what came behind the answer's head."""
    query = "stream=1&stdin=1&stdout=1&stderr=1"
    connection.sendall(
        f"POST /containers/{container}/attach?{query} HTTP/1.1\r\n"
        "Host: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 0\r\n\r\n".encode()
    )
    buffer = bytearray()
    while (end := buffer.find(b"\r\n\r\n")) < 0:
        if (left := deadline - time.monotonic()) <= 0:
            raise TimeoutError("the engine took too long to attach")
        connection.settimeout(left)
        piece = connection.recv(4096)
        if not piece:
            raise ConnectionError("the engine hung up")
        buffer += piece
    status = bytes(buffer[: buffer.find(b"\r\n")]).decode("latin-1")
    if status.split(" ")[1:2] not in (["101"], ["200"]):
        raise ConnectionError(f"the engine answered {status!r}")
    return buffer[end + 4 :]
