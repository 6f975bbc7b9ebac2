"""HTTP to the learner's server: bounded, since what answers is hostile, and recorded."""

from __future__ import annotations

import http.client
import time
from pathlib import Path
from typing import Any, Final

import httpx

from sandbox.runner.suite.exchange import CutShort, Wire, ask, pieces
from sandbox.runner.suite.recorder import Recorder, cut

BODY_LIMIT: Final = 1024 * 1024
"""Bytes that one answer's body may have."""

HEADERS_SHOWN: Final = 30

BASE_URL: Final = "http://localhost"
HEADERS: Final = {"accept-encoding": "identity", "user-agent": "backyard"}


class BadAnswer(Exception):
    """The learner's server answered in a way that no test should have to deal with."""


class AnswerTimeout(httpx.ReadTimeout):
    """The learner's server took too long."""

    timed_out = True


class RecordingTransport(httpx.BaseTransport):
    """Sends requests over a Unix socket and reads each answer whole, within `seconds`."""

    def __init__(self, path: Path, seconds: float, recorder: Recorder) -> None:
        self._path = path
        self._seconds = seconds
        self._recorder = recorder

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer with its body read. Raises BadAnswer or httpx.TransportError."""
        began = time.monotonic()
        exchange: dict[str, Any] = {"kind": "http", "request": _request(request)}
        exchange |= {"response": None, "error": None}
        try:
            response = self._answer(request, began + self._seconds)
            exchange["response"] = _response(response)
            return response
        except (httpx.HTTPError, BadAnswer) as error:
            exchange["error"] = cut(str(error))
            raise
        finally:
            exchange["seconds"] = round(time.monotonic() - began, 4)
            self._recorder.add(exchange)

    def _answer(self, request: httpx.Request, deadline: float) -> httpx.Response:
        """Return the answer, or raise what went wrong in words for the learner."""
        try:
            return _exchange(self._path, request, deadline)
        except TimeoutError as error:
            words = f"Your server did not answer within {self._seconds:g} s."
            raise AnswerTimeout(words, request=request) from error
        except CutShort as error:
            words = "Your server closed the connection before its answer was whole."
            raise httpx.RemoteProtocolError(words, request=request) from error
        except http.client.RemoteDisconnected as error:
            words = "Your server closed the connection without an answer."
            raise httpx.RemoteProtocolError(words, request=request) from error
        except http.client.HTTPException as error:
            words = f"Your server's answer is not HTTP: {error!r}."
            raise httpx.RemoteProtocolError(words, request=request) from error
        except OSError as error:
            words = f"Your server can't be reached any more: {error.strerror}."
            raise httpx.ConnectError(words, request=request) from error


def client_to(path: Path, seconds: float, recorder: Recorder) -> httpx.Client:
    """Return the client that tests have, to the server at `path`."""
    transport = RecordingTransport(path, seconds, recorder)
    return httpx.Client(transport=transport, base_url=BASE_URL, headers=HEADERS, timeout=seconds)


def _exchange(path: Path, request: httpx.Request, deadline: float) -> httpx.Response:
    target = request.url.raw_path.decode("ascii")
    with Wire(path, deadline) as wire:
        answer = ask(wire, request.method, target, request.headers.raw, request.content)
        body = _read(answer, request)
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.getheaders()]
    headers = httpx.Headers(raw)
    if headers.get("content-encoding", "identity") != "identity":
        raise BadAnswer("Your server compressed an answer to a client that can't read that.")
    headers.pop("transfer-encoding", None)
    extensions = {"http_version": b"HTTP/1.1", "reason_phrase": answer.reason.encode("latin-1")}
    return httpx.Response(answer.status, headers=headers, content=body, extensions=extensions)


def _read(answer: http.client.HTTPResponse, request: httpx.Request) -> bytes:
    body = bytearray()
    try:
        for piece in pieces(answer):
            body += piece
            if len(body) > BODY_LIMIT:
                raise BadAnswer(f"Your server's answer has more than {BODY_LIMIT:,} bytes.")
    except TimeoutError:
        raise AnswerTimeout("Your server's answer did not end in time.", request=request) from None
    except http.client.IncompleteRead as error:
        raise CutShort from error
    return bytes(body)


def _request(request: httpx.Request) -> dict[str, Any]:
    return {
        "method": request.method,
        "url": cut(request.url.raw_path.decode("ascii", "replace")),
        "headers": _headers(request.headers),
        "body": _body(request.read()),
    }


def _response(response: httpx.Response) -> dict[str, Any]:
    return {
        "status": response.status_code,
        "reason": cut(response.reason_phrase, 60),
        "headers": _headers(response.headers),
        "body": _body(response.content),
    }


def _headers(headers: httpx.Headers) -> list[list[str]]:
    encoding = headers.encoding  # found out anew each time that it is asked for
    return [
        [cut(name.decode(encoding).lower(), 100), cut(value.decode(encoding), 300)]
        for name, value in headers.raw[:HEADERS_SHOWN]
    ]


def _body(body: bytes) -> str:
    return cut(body[:8192].decode("utf-8", "replace")) if body else ""
