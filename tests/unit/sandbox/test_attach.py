"""The attach client against a small engine that cuts its answer in every awkward way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sandbox.docker.attach import STDERR_KEPT, AttachedStream
from sandbox.errors import EngineUnavailable, SandboxFailed
from sandbox.protocol import Frame, encode
from tests.unit.sandbox.fake_engine import (
    STDERR,
    UPGRADED,
    Answer,
    FakeEngine,
    byte_by_byte,
    part,
    sends,
)

READY: Frame = {"type": "ready"}
END: Frame = {"type": "end", "reason": "finished"}


@contextmanager
def attached(folder: Path, answer: Answer) -> Iterator[tuple[AttachedStream, FakeEngine]]:
    """A stream to an engine that answers with `answer`."""
    with FakeEngine(folder, answer) as engine:
        stream = AttachedStream(engine.path, "abc123")
        try:
            yield stream, engine
        finally:
            stream.close()


def received(stream: AttachedStream) -> Frame:
    return stream.receive(time.monotonic() + 5)


def failure(stream: AttachedStream) -> str:
    with pytest.raises(SandboxFailed) as caught:
        received(stream)
    return str(caught.value)


def test_it_asks_for_all_three_streams_of_its_container(tmp_path: Path) -> None:
    with attached(tmp_path, sends(UPGRADED)) as (_, engine):
        first = engine.request.splitlines()[0]
    query = b"stream=1&stdin=1&stdout=1&stderr=1"
    assert first == b"POST /containers/abc123/attach?" + query + b" HTTP/1.1"


def test_a_frame_in_the_same_packet_as_the_upgrade_is_not_lost(tmp_path: Path) -> None:
    whole = UPGRADED + part(encode(READY)) + part(encode(END))
    with attached(tmp_path, sends(whole)) as (stream, engine):
        engine.release()
        assert received(stream) == READY
        assert received(stream) == END


@pytest.mark.parametrize("extra", range(1, len(part(encode(READY)))))
def test_an_upgrade_with_a_cut_off_frame_behind_it_loses_nothing(
    tmp_path: Path, extra: int
) -> None:
    whole = UPGRADED + part(encode(READY))
    cut = len(UPGRADED) + extra
    with attached(tmp_path, sends(whole[:cut], whole[cut:])) as (stream, _):
        assert received(stream) == READY


def test_a_stream_that_comes_byte_by_byte_is_put_together(tmp_path: Path) -> None:
    with attached(tmp_path, byte_by_byte(UPGRADED + part(encode(READY)) + part(encode(END)))) as (
        stream,
        _,
    ):
        assert [received(stream), received(stream)] == [READY, END]


def test_a_frame_in_many_parts_is_put_together(tmp_path: Path) -> None:
    parts = [part(bytes([byte])) for byte in encode(READY)]
    with attached(tmp_path, sends(UPGRADED, *parts)) as (stream, _):
        assert received(stream) == READY


def test_many_frames_in_one_part_come_one_by_one(tmp_path: Path) -> None:
    data = part(encode(READY) + encode(END))
    with attached(tmp_path, sends(UPGRADED, data)) as (stream, _):
        assert [received(stream), received(stream)] == [READY, END]


def test_what_the_runner_complains_of_is_no_frame_and_told_when_it_fails(tmp_path: Path) -> None:
    complaint = part(b"Traceback: \xff no space\n", STDERR)
    pieces = [UPGRADED, complaint, part(encode(READY)), complaint]
    with attached(tmp_path, sends(*pieces)) as (stream, engine):
        assert received(stream) == READY
        engine.release()
        said = failure(stream)
    assert said.startswith("the stream ended before the verdict was in; the runner said: ")
    assert said.count("Traceback: \\xff no space") == 2


def test_of_many_complaints_only_the_last_are_kept(tmp_path: Path) -> None:
    flood = [part(b"x" * 4096, STDERR)] * 10 + [part(b"the last words", STDERR)]
    with attached(tmp_path, sends(UPGRADED, *flood)) as (stream, engine):
        engine.release()
        said = failure(stream)
    assert said.endswith("the last words")
    assert len(said) < STDERR_KEPT + 200


@pytest.mark.parametrize("kept", [0, 1, 8, len(part(encode(END))) - 1])
def test_a_sudden_end_is_a_failure_wherever_it_comes(tmp_path: Path, kept: int) -> None:
    cut = part(encode(END))[:kept]
    with attached(tmp_path, sends(UPGRADED + cut)) as (stream, engine):
        engine.release()
        assert failure(stream) == "the stream ended before the verdict was in"


def test_what_is_no_frame_breaks_the_protocol(tmp_path: Path) -> None:
    with attached(tmp_path, sends(UPGRADED, part(b"\x00\x00\x00\x02[]"))) as (stream, _):
        assert "broke the protocol: a frame is not an object with a type" in failure(stream)


def test_a_frame_without_an_end_is_refused_at_its_length(tmp_path: Path) -> None:
    with attached(tmp_path, sends(UPGRADED, part(b"\xff\xff\xff\xff"))) as (stream, _):
        assert "over the limit" in failure(stream)


def test_silence_ends_at_the_deadline(tmp_path: Path) -> None:
    with attached(tmp_path, sends(UPGRADED, part(encode(READY))[:9])) as (stream, _):
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            stream.receive(began + 0.1)
        assert time.monotonic() - began >= 0.1


def test_a_deadline_that_has_passed_waits_for_nothing(tmp_path: Path) -> None:
    with attached(tmp_path, sends(UPGRADED)) as (stream, _), pytest.raises(TimeoutError):
        stream.receive(time.monotonic() - 1)


def test_what_is_sent_arrives_whole(tmp_path: Path) -> None:
    job = {"type": "job", "text": "x" * 1_000_000}
    with attached(tmp_path, sends(UPGRADED)) as (stream, engine):
        engine.release()
        stream.send(job)
    assert engine.received == encode(job)


def test_nothing_can_be_sent_to_who_has_left(tmp_path: Path) -> None:
    with attached(tmp_path, sends(UPGRADED)) as (stream, _):
        stream.close()
        with pytest.raises(SandboxFailed, match="does not take its job"):
            stream.send(READY)


def test_a_stream_is_open_until_the_other_end_leaves(tmp_path: Path) -> None:
    with attached(tmp_path, sends(UPGRADED + part(encode(READY)))) as (stream, engine):
        received(stream)
        assert stream.open()
        engine.release()
        with pytest.raises(SandboxFailed):
            received(stream)
        assert not stream.open()


def test_a_closed_stream_is_not_open(tmp_path: Path) -> None:
    with attached(tmp_path, sends(UPGRADED)) as (stream, _):
        stream.close()
        assert not stream.open()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 404 Not Found\r\n\r\n", "404 Not Found"),
        (b"HTTP/1.1 500 Internal Server Error\r\n\r\n", "500 Internal"),
        (b"\r\n\r\n", "answered ''"),
    ],
)
def test_an_engine_that_refuses_is_quoted(tmp_path: Path, answer: bytes, words: str) -> None:
    with FakeEngine(tmp_path, sends(answer)) as engine:
        engine.release()
        with pytest.raises(EngineUnavailable, match=words):
            AttachedStream(engine.path, "abc123")


def test_an_engine_that_hangs_up_is_away(tmp_path: Path) -> None:
    with FakeEngine(tmp_path, sends(UPGRADED[:20])) as engine:
        engine.release()
        with pytest.raises(EngineUnavailable, match="the engine hung up"):
            AttachedStream(engine.path, "abc123")


def test_no_engine_at_all_is_an_engine_that_is_away(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="cannot attach"):
        AttachedStream(str(tmp_path / "none.sock"), "abc123")
