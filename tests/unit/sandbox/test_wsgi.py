"""An application of the learner's is asked, and its answer passed on, as PEP 3333 says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from wsgiref.validate import validator

import pytest

from sandbox.runner.subject.wsgi import answer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
TEXT = [("Content-Type", "text/plain")]


class Asked:
    """An application that keeps what it was asked, and answers what it is told to."""

    def __init__(
        self, *pieces: bytes, status: str = "200 OK", headers: list[tuple[str, str]] = TEXT
    ) -> None:
        self.environ: dict[str, Any] = {}
        self.body = b""
        self._pieces, self._status, self._headers = pieces, status, headers

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.environ = environ
        self.body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start(self._status, list(self._headers))
        return list(self._pieces)


def sent_back(application: WSGIApplication, *pieces: bytes) -> bytes:
    """What comes back when `pieces` are sent, one after another."""
    here, there = socket.socketpair()
    with here:
        sending = threading.Thread(target=_send, args=[here, pieces])
        sending.start()
        with there:
            answer(there, application)
        sending.join()
        return b"".join(iter(lambda: here.recv(65536), b""))


def _send(end: socket.socket, pieces: tuple[bytes, ...]) -> None:
    for piece in pieces:
        end.sendall(piece)
    end.shutdown(socket.SHUT_WR)


def head_and_body(sent: bytes) -> tuple[str, dict[str, str], bytes]:
    head, _, body = sent.partition(b"\r\n\r\n")
    status, *headers = head.decode().split("\r\n")
    return status, dict(header.split(": ", 1) for header in headers), body


def test_a_request_is_told_as_it_came() -> None:
    app = Asked(b"hi")
    request = (
        b"POST /b%C3%BCcher/a%2Fb?x=1&y=%20 HTTP/1.1\r\nHost: localhost\r\nX-Twice: 1\r\n"
        b"X-Twice:  2 \r\nX_Under: 3\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nbody"
    )
    sent_back(validator(app), request)
    told = app.environ
    assert (told["REQUEST_METHOD"], told["QUERY_STRING"]) == ("POST", "x=1&y=%20")
    assert told["PATH_INFO"].encode("latin-1").decode() == "/bücher/a/b"
    assert (told["HTTP_HOST"], told["HTTP_X_TWICE"]) == ("localhost", "1,2")
    assert (told["CONTENT_TYPE"], told["CONTENT_LENGTH"]) == ("text/plain", "4")
    assert "HTTP_X_UNDER" not in told
    assert app.body == b"body"


def test_a_request_may_come_in_pieces() -> None:
    app = Asked(b"hi")
    pieces = (b"POST / HTTP/1.1\r\nContent-Le", b"ngth: 4\r\n\r", b"\nbo", b"dy")
    assert sent_back(validator(app), *pieces).endswith(b"\r\n\r\nhi")
    assert app.body == b"body"


@pytest.mark.parametrize(
    "request_", [b"", GET[:-2], b"POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nb"]
)
def test_half_a_request_is_not_answered(request_: bytes) -> None:
    app = Asked(b"hi")
    assert sent_back(app, request_) == b""
    assert app.environ == {}


def test_an_answer_of_one_piece_says_how_long_it_is() -> None:
    status, headers, body = head_and_body(sent_back(Asked(b"hello"), GET))
    assert status == "HTTP/1.1 200 OK"
    assert (headers["Content-Length"], headers["Connection"]) == ("5", "close")
    assert headers["Content-Type"] == "text/plain"
    assert body == b"hello"


def test_an_answer_of_several_pieces_ends_with_the_connection() -> None:
    _, headers, body = head_and_body(sent_back(validator(Asked(b"a", b"", b"b")), GET))
    assert "Content-Length" not in headers
    assert body == b"ab"


def test_an_empty_answer_is_one() -> None:
    _, headers, body = head_and_body(sent_back(validator(Asked()), GET))
    assert headers["Content-Length"] == "0"
    assert body == b""


@pytest.mark.parametrize("status", ["204 NO CONTENT", "304 NOT MODIFIED"])
@pytest.mark.parametrize("pieces", [(), (b"",)])
def test_what_has_no_body_says_no_length(status: str, pieces: tuple[bytes, ...]) -> None:
    said, headers, _ = head_and_body(sent_back(Asked(*pieces, status=status, headers=[]), GET))
    assert said == f"HTTP/1.1 {status}"
    assert "Content-Length" not in headers


def test_headers_that_are_for_servers_to_say_are_left_out() -> None:
    app = Asked(b"hi", headers=[*TEXT, ("Connection", "keep-alive"), ("Keep-Alive", "timeout=5")])
    _, headers, _ = head_and_body(sent_back(app, GET))
    assert headers["Connection"] == "close"
    assert "Keep-Alive" not in headers


def test_headers_that_are_not_are_kept() -> None:
    app = Asked(status="426 UPGRADE REQUIRED", headers=[*TEXT, ("Upgrade", "h2c")])
    _, headers, _ = head_and_body(sent_back(app, GET))
    assert headers["Upgrade"] == "h2c"


def test_whatever_is_a_text_may_be_said() -> None:
    class Text(str):
        __slots__ = ()

    app = Asked(b"hi", status=Text("200"), headers=[("Allow", Text("POST")), ("X-Number", 2)])  # type: ignore[list-item]
    status, headers, _ = head_and_body(sent_back(app, GET))
    assert status == "HTTP/1.1 200 "
    assert (headers["Allow"], headers["X-Number"]) == ("POST", "2")


@pytest.mark.parametrize("length", [b"", b"abc", b"-1"])
def test_a_length_that_is_none_is_the_applications_to_refuse(length: bytes) -> None:
    def refuses(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("400 BAD REQUEST", TEXT)
        return [environ["CONTENT_LENGTH"].encode()]

    request = b"POST / HTTP/1.1\r\nContent-Length: %s\r\n\r\n" % length
    status, _, body = head_and_body(sent_back(refuses, request))
    assert (status, body) == ("HTTP/1.1 400 BAD REQUEST", length)


def test_a_cookie_may_be_set_twice() -> None:
    cookies = [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
    sent = sent_back(validator(Asked(b"hi", headers=[*TEXT, *cookies])), GET)
    assert sent.count(b"Set-Cookie: ") == 2


def fails_at_once(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    raise KeyError("a title")


def fails_on_the_way(environ: WSGIEnvironment, start: StartResponse) -> Iterator[bytes]:
    start("200 OK", [*TEXT, ("Content-Length", "10")])
    yield b"half"
    raise KeyError("a title")


def test_a_failure_is_logged_and_answered_with_500(caplog: pytest.LogCaptureFixture) -> None:
    status, _, _ = head_and_body(sent_back(fails_at_once, GET))
    assert status == "HTTP/1.1 500 Internal Server Error"
    assert "KeyError: 'a title'" in caplog.text


def test_a_failure_within_an_answer_cuts_it_short(caplog: pytest.LogCaptureFixture) -> None:
    _, headers, body = head_and_body(sent_back(fails_on_the_way, GET))
    assert (headers["Content-Length"], body) == ("10", b"half")
    assert "KeyError: 'a title'" in caplog.text


def test_a_failure_after_the_answer_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    class Body(list[bytes]):
        def close(self) -> None:
            raise KeyError("a title")

    def fails_at_the_end(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", TEXT)
        return Body([b"hi"])

    status, _, body = head_and_body(sent_back(fails_at_the_end, GET))
    assert (status, body) == ("HTTP/1.1 200 OK", b"hi")
    assert "KeyError: 'a title'" in caplog.text


def test_a_view_that_ends_the_process_does() -> None:
    def leaves(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        raise SystemExit(0)

    here, there = socket.socketpair()
    with here, there:
        here.sendall(GET)
        with pytest.raises(SystemExit):
            answer(there, leaves)


def test_head_is_answered_like_get_but_for_the_body() -> None:
    sent = sent_back(Asked(headers=[*TEXT, ("Content-Length", "5")]), GET.replace(b"GET", b"HEAD"))
    _, headers, body = head_and_body(sent)
    assert (headers["Content-Length"], body) == ("5", b"")


def test_head_of_an_answer_of_unknown_length_says_none() -> None:
    def streams(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", TEXT)
        return iter(())

    _, headers, _ = head_and_body(sent_back(streams, GET.replace(b"GET", b"HEAD")))
    assert "Content-Length" not in headers
