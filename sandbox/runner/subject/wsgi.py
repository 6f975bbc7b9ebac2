"""One request, answered by a WSGI application (PEP 3333), on a connection that the suite opened.

All requests are the suite's, so they are well-formed, and whole or cut off. The application and its
answer are the learner's. Half of what Werkzeug's own server takes for a request it does not do.
"""

from __future__ import annotations

import io
import logging
import socket
import sys
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes
from wsgiref.handlers import BaseHandler
from wsgiref.headers import Headers
from wsgiref.util import is_hop_by_hop

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PIECE: Final = 64 * 1024
"""Bytes of a request received at once."""

WITHOUT_BODY: Final = ("1", "204", "304")
"""How the status codes begin whose answers have no body, nor need say how long it is (RFC 9110)."""

OURS: Final = ("connection", "keep-alive", "transfer-encoding")
"""Headers that are for servers to say."""

BARE: Final = ("CONTENT_TYPE", "CONTENT_LENGTH")
"""Headers that stand in an environment under their own names (RFC 3875)."""


def answer(connection: socket.socket, application: WSGIApplication) -> None:
    """Read a request and have it answered. Without a whole request there is no answer."""
    request = _receive(connection)
    if request is not None:
        head, body = request
        environ = _environ(head)
        environ["werkzeug.socket"] = connection  # as on Flask's own server
        _Answer(connection, environ, body).run(application)


def _receive(connection: socket.socket) -> tuple[str, bytes] | None:
    """Return the head and the body of the one request that comes."""
    received, wanted = bytearray(), -1
    while wanted < 0 or len(received) < wanted:
        piece = connection.recv(PIECE)
        if not piece:
            return None
        received += piece
        if wanted < 0 and (end := received.find(b"\r\n\r\n")) >= 0:
            head = received[:end].decode("latin-1")
            wanted = end + 4 + _content_length(head)
    return head, bytes(memoryview(received)[end + 4 : wanted])


def _content_length(head: str) -> int:
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "content-length" and value.strip().isdecimal():
            return int(value)
    return 0


def _environ(head: str) -> dict[str, Any]:
    line, *headers = head.split("\r\n")
    method, target, protocol = line.split(" ")
    path, _, query = target.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "REQUEST_URI": target,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": protocol,
        "REMOTE_ADDR": "127.0.0.1",
    }
    for header in headers:
        name, _, value = header.partition(":")
        if "_" in name:  # it would be taken for the one with a hyphen
            continue
        key = name.upper().replace("-", "_")
        key = key if key in BARE else f"HTTP_{key}"
        value = value.strip(" \t")
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    return environ


class _Answer(BaseHandler):
    http_version = "1.1"
    server_software = "Backyard"
    os_environ: dict[str, str] = {}  # noqa: RUF012  # typeshed's type
    wsgi_multithread = False
    wsgi_multiprocess = False

    environ: dict[str, Any]
    status: str
    headers: Headers
    headers_sent: bool

    def __init__(self, connection: socket.socket, environ: dict[str, Any], body: bytes) -> None:
        self._connection = connection
        self._given = environ
        self._body = body
        self._waiting = bytearray()

    def add_cgi_vars(self) -> None:
        """Say what was asked for."""
        self.environ.update(self._given)

    def get_stdin(self) -> io.BytesIO:
        """Give the body."""
        return io.BytesIO(self._body)

    def get_stderr(self) -> IO[str]:
        """Give what the learner sees as output."""
        return sys.stderr

    def get_scheme(self) -> str:
        """Give the scheme of `BASE_URL`."""
        return "http"

    def start_response(self, status: str, headers: Any, exc_info: Any = None) -> Any:
        """Leave out what is for servers to say, and be no stricter than other servers are: they
        take what can be written as a text, a status without a reason, and any other header."""
        given = [(f"{name}", f"{value}") for name, value in headers]
        ordinary = [header for header in given if not is_hop_by_hop(header[0])]
        status = f"{status}" if " " in status else f"{status} "
        write = super().start_response(status, ordinary, exc_info)
        for name, value in given:
            if is_hop_by_hop(name) and name.lower() not in OURS:
                self.headers.add_header(name, value)
        return write

    def cleanup_headers(self) -> None:
        """Say how long the body is, where that is known and wanted, and that nothing follows."""
        if self.status.startswith(WITHOUT_BODY):
            del self.headers["Content-Length"]
        else:
            super().cleanup_headers()
        self.headers["Connection"] = "close"

    def finish_content(self) -> None:
        """Send an answer that has no body, too. That to HEAD says of a body what GET's does."""
        if self.environ["REQUEST_METHOD"] == "HEAD" and not self.headers_sent:
            self.send_headers()
        super().finish_content()
        self._flush()

    def handle_error(self) -> None:
        """Answer 500 where a view has failed; what wants to end the process may."""
        if not isinstance(sys.exc_info()[1], Exception):
            raise
        if self.environ:
            super().handle_error()
        else:  # it failed once all was sent and closed
            self.log_exception(sys.exc_info())

    def log_exception(self, exc_info: Any) -> None:
        """Show the learner the traceback, trimmed as all of them are."""
        logging.getLogger("server").error("The application failed.", exc_info=exc_info)

    def _write(self, data: bytes) -> None:
        self._waiting += data

    def _flush(self) -> None:
        """Send head and first piece together: the suite is woken once."""
        if self._waiting:
            self._connection.sendall(self._waiting)
            self._waiting.clear()
