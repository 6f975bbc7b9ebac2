"""HTTP to a server that may answer anything: bounded, and recorded."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.runner.suite.recorder import TEXT, Recorder
from sandbox.runner.suite.transport import (
    BODY_LIMIT,
    HEADERS_SHOWN,
    BadAnswer,
    RecordingTransport,
)
from tests.unit.sandbox.hostile_server import HostileServer, Talk, says

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
ENDLESS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
SECONDS = 0.5
SLACK = 20  # seconds that a busy machine may add: an answer without an end would take for ever


@contextmanager
def talking_to(folder: Path, talk: Talk) -> Iterator[tuple[httpx.Client, Recorder]]:
    """A client as suites have it, to a server that answers by `talk`."""
    recorder = Recorder()
    with HostileServer(folder, talk) as server:
        transport = RecordingTransport(server.path, SECONDS, recorder)
        with httpx.Client(transport=transport, base_url="http://x", timeout=SECONDS) as client:
            yield client, recorder


def recorded(recorder: Recorder) -> dict[str, Any]:
    [exchange] = recorder.take()
    return exchange


def drips(connection: socket.socket) -> None:
    """Send one small chunk after another, for ever."""
    connection.sendall(ENDLESS)
    while True:
        connection.sendall(b"1\r\nx\r\n")
        time.sleep(0.01)


def floods(connection: socket.socket) -> None:
    """Send large chunks as fast as can be, for ever."""
    connection.sendall(ENDLESS)
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    while True:
        connection.sendall(chunk)


def test_an_ordinary_exchange_is_answered_and_recorded(tmp_path: Path) -> None:
    with talking_to(tmp_path, says(OK)) as (client, recorder):
        assert client.post("/books?a=1", json={"title": "x"}).text == "hi"
        exchange = recorded(recorder)
    assert exchange["request"]["method"] == "POST"
    assert exchange["request"]["url"] == "/books?a=1"
    assert exchange["request"]["body"] == '{"title":"x"}'
    assert exchange["response"] == {
        "status": 200,
        "reason": "OK",
        "headers": [["content-length", "2"]],
        "body": "hi",
    }
    assert exchange["error"] is None
    assert exchange["seconds"] >= 0


def test_a_body_that_comes_in_pieces_is_sent_as_one(tmp_path: Path) -> None:
    with HostileServer(tmp_path, says(OK)) as server:
        transport = RecordingTransport(server.path, SECONDS, Recorder())
        with httpx.Client(transport=transport, base_url="http://x") as client:
            client.post("/", content=iter([b"bo", b"dy"]))
    head, _, body = server.heard.partition(b"\r\n\r\n")
    assert b"content-length: 4" in head.lower()
    assert b"transfer-encoding" not in head.lower()
    assert body == b"body"


def test_a_body_over_the_limit_is_refused_in_words(tmp_path: Path) -> None:
    with talking_to(tmp_path, floods) as (client, recorder):
        with pytest.raises(BadAnswer, match=f"more than {BODY_LIMIT:,} bytes"):
            client.get("/")
        exchange = recorded(recorder)
    assert exchange["response"] is None
    assert "bytes" in exchange["error"]


def test_a_body_that_never_ends_is_cut_off_in_time(tmp_path: Path) -> None:
    with talking_to(tmp_path, drips) as (client, _):
        began = time.monotonic()
        with pytest.raises(httpx.ReadTimeout, match="did not end in time"):
            client.get("/")
        assert time.monotonic() - began < SECONDS + SLACK


def test_a_server_that_says_nothing_is_told_so(tmp_path: Path) -> None:
    with talking_to(tmp_path, lambda connection: time.sleep(2 * SECONDS)) as (client, recorder):
        with pytest.raises(httpx.ReadTimeout, match=r"did not answer within 0\.5 s"):
            client.get("/")
        assert "did not answer" in recorded(recorder)["error"]


@pytest.mark.parametrize("coding", [b"gzip", b"br", b"deflate", b"zstd", b"gzip, gzip"])
def test_a_compressed_answer_is_never_unpacked(tmp_path: Path, coding: bytes) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Encoding: %b\r\nContent-Length: 2\r\n\r\n\x1f\x8b"
    with (
        talking_to(tmp_path, says(answer % coding)) as (client, _),
        pytest.raises(BadAnswer, match="compressed"),
    ):
        client.get("/")


def test_a_redirect_is_followed_nowhere(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n"
    with talking_to(tmp_path, says(answer)) as (client, _):
        response = client.get("/")
    assert (response.status_code, response.history) == (302, [])


@pytest.mark.parametrize(
    "answer",
    [b"", b"garbage\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", OK[:30], b"HTTP/1.1 200 OK\r\nA" * 9000],
    ids=["nothing", "garbage", "no number", "half", "endless head"],
)
def test_what_is_no_answer_is_an_error_and_recorded(tmp_path: Path, answer: bytes) -> None:
    with talking_to(tmp_path, says(answer)) as (client, recorder):
        with pytest.raises(httpx.TransportError):
            client.get("/")
        exchange = recorded(recorder)
    assert exchange["response"] is None
    assert exchange["error"]


def test_what_is_recorded_of_an_answer_is_cut(tmp_path: Path) -> None:
    headers = b"".join(b"X-%d: %b\r\n" % (n, b"v" * 500) for n in range(50))
    head = b"HTTP/1.1 200 " + b"r" * 500 + b"\r\n" + headers
    answer = head + b"Content-Length: 500000\r\n\r\n" + b"b" * 500_000
    with talking_to(tmp_path, says(answer)) as (client, recorder):
        assert len(client.get("/" + "u" * 5000).content) == 500_000
        exchange = recorded(recorder)
    response = exchange["response"]
    assert len(response["body"]) < TEXT + 60
    assert len(response["reason"]) < 100
    assert len(response["headers"]) == HEADERS_SHOWN
    assert all(len(value) < 350 for _, value in response["headers"])
    assert len(exchange["request"]["url"]) < TEXT + 60


def test_a_body_that_is_no_text_is_recorded_as_text(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xff\x00"
    with talking_to(tmp_path, says(answer)) as (client, recorder):
        assert client.get("/").content == b"\xff\x00"
        assert recorded(recorder)["response"]["body"] == "\ufffd\x00"


def test_an_answers_head_may_hold_any_bytes(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 200 \xc3\xa9\r\nX-Name: \xff\xe9\r\nContent-Length: 0\r\n\r\n"
    with talking_to(tmp_path, says(answer)) as (client, recorder):
        assert client.get("/").headers["x-name"] == "\xff\xe9"
        assert recorded(recorder)["response"]["headers"][0] == ["x-name", "\xff\xe9"]


def test_an_answer_to_half_a_request_counts(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"
    with talking_to(tmp_path, says(answer)) as (client, _):
        assert client.post("/", content=b"x" * 5_000_000).status_code == 413


def test_what_comes_drop_by_drop_is_cut_off_in_time(tmp_path: Path) -> None:
    def drips_headers(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"A")
            time.sleep(0.02)

    with talking_to(tmp_path, drips_headers) as (client, _):
        began = time.monotonic()
        with pytest.raises(httpx.ReadTimeout, match="did not answer within"):
            client.get("/")
        assert time.monotonic() - began < SECONDS + SLACK


def test_an_answer_that_is_cut_short_is_said_to_be(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
    with talking_to(tmp_path, says(answer)) as (client, recorder):
        with pytest.raises(httpx.RemoteProtocolError, match="before its answer was whole"):
            client.get("/")
        assert recorded(recorder)["response"] is None
