"""Asking the learner's process to do something: one request and one answer in JSON.

The process is the learner's, so what it answers is hostile: it is bounded in size and time, and of
builtins alone. `sandbox.runner.subject.hands` is the other end.
"""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

ANSWER_LIMIT: Final = 1024 * 1024
"""Bytes that one answer may have."""

PIECE: Final = 64 * 1024


class NoAnswer(AssertionError):
    """The learner's process did not answer, or nothing that makes sense."""


class TooSlow(NoAnswer):
    """It took longer than it may."""

    timed_out = True


class Hands:
    """One learner's process, reached by the socket at `path`. It may take `seconds` for each
    request."""

    def __init__(self, path: Path, seconds: float) -> None:
        self.seconds = seconds
        self._path = path

    def ask(
        self,
        request: dict[str, Any],
        streams: Sequence[int] = (),
        meanwhile: Callable[[socket.socket, float], None] | None = None,
    ) -> dict[str, Any]:
        """Return the answer to `request`, with which copies of `streams` go.

        `meanwhile` is called once it is sent, with the connection, which can be read when the
        answer comes, and the deadline on the monotonic clock. Raises NoAnswer.
        """
        deadline = time.monotonic() + self.seconds
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(self.seconds)
                connection.connect(str(self._path))
                _send(connection, json.dumps(request).encode() + b"\n", streams)
                if meanwhile is not None:
                    meanwhile(connection, deadline)
                return _read(connection, deadline)
        except TimeoutError:
            raise TooSlow(f"This took longer than {self.seconds:g} s.") from None
        except OSError as error:
            raise NoAnswer(f"Your program can't be reached any more: {error.strerror}.") from None


def _send(connection: socket.socket, data: bytes, streams: Sequence[int]) -> None:
    sent = socket.send_fds(connection, [data], list(streams)) if streams else 0
    connection.sendall(data[sent:])


def _read(connection: socket.socket, deadline: float) -> dict[str, Any]:
    data = bytearray()
    while not data.endswith(b"\n"):
        ready, _, _ = select.select([connection], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            raise TimeoutError
        piece = connection.recv(PIECE)
        data += piece
        if not piece:
            raise NoAnswer("Your program ended before it had answered.")
        if len(data) > ANSWER_LIMIT:
            raise NoAnswer(f"What your program returned has more than {ANSWER_LIMIT:,} bytes.")
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise NoAnswer("Your program's answer makes no sense.")
    return answer
