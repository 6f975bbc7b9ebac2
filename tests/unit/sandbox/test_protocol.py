"""Frames on the wire, however they are cut, and what is no frame."""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Callable, Iterator

import pytest

from sandbox.protocol import (
    MAX_FRAME,
    Decoder,
    Frame,
    ProtocolError,
    encode,
    read_frame,
    write_frame,
)

FRAMES: list[Frame] = [
    {"type": "ready"},
    {"type": "test", "message": "ä \u0000 \ud800 \N{SNOWMAN}", "exchanges": [{"a": None}]},
    {"type": "end", "reason": "finished"},
]
STREAM = b"".join(map(encode, FRAMES))

NOT_FRAMES = {
    "not JSON": b"\xff{",
    "cut-off JSON": b'{"type": "test"',
    "no object": b'["test"]',
    "an object without a type": b'{"kind": "test"}',
    "a type that is no text": b'{"type": 7}',
    "nothing": b"",
    "a nest too deep": b"[" * 50_000,
}


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe's two ends; the writing end may be closed by the test."""
    reading, writing = os.pipe()
    yield reading, writing
    for fd in (reading, writing):
        try:
            os.close(fd)
        except OSError:  # the test has closed it
            continue


def behind_length(body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + body


def decoded(data: bytes) -> list[Frame]:
    return list(Decoder().feed(data))


def read_from_pipe(data: bytes) -> list[Frame]:
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    try:
        return list(iter(lambda: read_frame(reading), None))
    finally:
        os.close(reading)


@pytest.mark.parametrize("cut", range(len(STREAM) + 1))
def test_a_stream_cut_in_two_anywhere_gives_the_same_frames(cut: int) -> None:
    decoder = Decoder()
    assert [*decoder.feed(STREAM[:cut]), *decoder.feed(STREAM[cut:])] == FRAMES


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, len(STREAM)])
def test_a_stream_in_pieces_of_any_size_gives_the_same_frames(size: int) -> None:
    decoder = Decoder()
    pieces = [STREAM[at : at + size] for at in range(0, len(STREAM), size)]
    assert [frame for piece in pieces for frame in decoder.feed(piece)] == FRAMES


def test_a_frame_that_is_not_whole_is_kept_back() -> None:
    decoder = Decoder()
    assert list(decoder.feed(STREAM[:-1])) == FRAMES[:-1]
    assert list(decoder.feed(b"")) == []
    assert list(decoder.feed(STREAM[-1:])) == FRAMES[-1:]


@pytest.mark.parametrize("read", [decoded, read_from_pipe])
@pytest.mark.parametrize("body", NOT_FRAMES.values(), ids=NOT_FRAMES.keys())
def test_what_is_no_frame_is_an_error(read: Callable[[bytes], list[Frame]], body: bytes) -> None:
    with pytest.raises(ProtocolError):
        read(behind_length(body))


@pytest.mark.parametrize("read", [decoded, read_from_pipe])
def test_a_length_over_the_limit_is_refused_before_its_body_is_read(
    read: Callable[[bytes], list[Frame]],
) -> None:
    with pytest.raises(ProtocolError, match=str(MAX_FRAME)):
        read(struct.pack(">I", MAX_FRAME + 1))


def test_a_frame_may_be_as_large_as_the_limit_and_no_larger() -> None:
    around = len(encode({"type": "log", "text": ""})) - 4
    largest = {"type": "log", "text": "x" * (MAX_FRAME - around)}
    assert decoded(encode(largest)) == [largest]
    with pytest.raises(ProtocolError, match="over the limit"):
        encode({"type": "log", "text": largest["text"] + "x"})


def test_read_frame_takes_not_a_byte_more_than_its_frame(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.write(writing, encode(FRAMES[0]) + b"the tests")
    assert read_frame(reading) == FRAMES[0]
    assert os.read(reading, 100) == b"the tests"


def test_read_frame_puts_together_what_comes_byte_by_byte(pipe: tuple[int, int]) -> None:
    reading, writing = pipe

    def drip() -> None:
        for byte in encode(FRAMES[1]):
            os.write(writing, bytes([byte]))

    thread = threading.Thread(target=drip)
    thread.start()
    assert read_frame(reading) == FRAMES[1]
    thread.join()


def test_the_end_between_two_frames_is_no_frame(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    write_frame(writing, FRAMES[0])
    os.close(writing)
    assert read_frame(reading) == FRAMES[0]
    assert read_frame(reading) is None


@pytest.mark.parametrize("kept", range(1, len(encode(FRAMES[0]))))
def test_the_end_inside_a_frame_is_an_error(kept: int) -> None:
    with pytest.raises(ProtocolError, match="ended inside a frame"):
        read_from_pipe(encode(FRAMES[0])[:kept])


def test_write_frame_writes_what_no_pipe_holds_at_once(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    large = {"type": "suite", "tests": {"test_it.py": "x" * 1_000_000}}
    thread = threading.Thread(target=write_frame, args=(writing, large))
    thread.start()
    assert read_frame(reading) == large
    thread.join()
