"""What the suite asks of PID 1, and PID 1 of the learner's processes: one message, one answer."""

from __future__ import annotations

import array
import json
import socket
from collections.abc import Sequence
from typing import Any, Final

LEFT: Final = b"left"
"""What a process of the learner's says when it serves no more."""

_MESSAGE: Final = 128 * 1024
_DESCRIPTORS: Final = 4


def channel() -> tuple[socket.socket, socket.socket]:
    """Return both ends of a new channel: (PID 1's, the suite's)."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(end: socket.socket, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
    """Send one message, and copies of `descriptors` with it."""
    data = json.dumps(message).encode()
    if descriptors:
        socket.send_fds(end, [data], list(descriptors))
    else:
        end.send(data)


def receive(end: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Return the next message and its descriptors; None when the other end has closed."""
    data, ancillary, _, _ = end.recvmsg(_MESSAGE, socket.CMSG_SPACE(_DESCRIPTORS * 4))
    if not data:
        return None
    descriptors = array.array("i")
    for _, _, packed in ancillary:
        descriptors.frombytes(packed)
    return json.loads(data), list(descriptors)
