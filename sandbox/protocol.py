"""What host and runner say to each other: JSON objects, each behind a four-byte length.

Host to runner: `job`, read by PID 1, then `suite`, read by the suite's process alone, and in a
tryout `ask`, which it answers by `answer`. Where a job
says `again`, and its `end` says so, too, another may follow: the gate does that, no submission.
Runner to host: `ready`; then from the suite `collected`, `test`, `crashed` (the subject never
came up) and `broken` (the suite itself did not run); at last, from PID 1, `end`. The end of the
stream means nothing by itself: without an `end` frame there is no verdict.
This module is copied into every image and imports nothing of ours.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator, Mapping
from typing import Any, Final

MAX_FRAME: Final = 8 * 1024 * 1024
"""Bytes that one frame's JSON may have."""

_HEADER: Final = struct.Struct(">I")

Frame = dict[str, Any]


class ProtocolError(Exception):
    """The other side sent something that is not a frame."""


def encode(frame: Mapping[str, Any]) -> bytes:
    """Return `frame` as bytes, ready to be sent. Raises ProtocolError when it is too large."""
    body = json.dumps(frame, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    if len(body) > MAX_FRAME:
        raise ProtocolError(f"a frame of {len(body)} bytes is over the limit of {MAX_FRAME}")
    return _HEADER.pack(len(body)) + body


class Decoder:
    """Turns a stream's pieces, however it was cut, into frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Take `data` in and yield each frame that is now whole."""
        self._buffer += data
        while len(self._buffer) >= _HEADER.size:
            end = _HEADER.size + _length(bytes(self._buffer[: _HEADER.size]))
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[_HEADER.size : end])
            del self._buffer[:end]
            yield _decode(body)


def read_frame(fd: int) -> Frame | None:
    """Read exactly one frame from `fd`, and not a byte more; None at the end of the stream.

    That nothing is read ahead matters: the frame after `job` holds the tests, and the process
    that reads it must be the suite's own.
    """
    header = _read_exactly(fd, _HEADER.size)
    if header is None:
        return None
    body = _read_exactly(fd, _length(header))
    if body is None:
        raise ProtocolError("the stream ended inside a frame")
    return _decode(body)


def write_frame(fd: int, frame: Mapping[str, Any]) -> None:
    """Write one frame to `fd`, whole."""
    view = memoryview(encode(frame))
    while view:
        view = view[os.write(fd, view) :]


def _length(header: bytes) -> int:
    (length,) = _HEADER.unpack(header)
    if length > MAX_FRAME:
        raise ProtocolError(f"a frame of {length} bytes is over the limit of {MAX_FRAME}")
    return int(length)


def _read_exactly(fd: int, count: int) -> bytes | None:
    data = bytearray()
    while len(data) < count:
        piece = os.read(fd, count - len(data))
        if not piece:
            if data:
                raise ProtocolError("the stream ended inside a frame")
            return None
        data += piece
    return bytes(data)


def _decode(body: bytes) -> Frame:
    try:
        frame = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("a frame is not JSON") from error
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
        raise ProtocolError("a frame is not an object with a type")
    return frame
