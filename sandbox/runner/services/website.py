"""A website of the sandbox's own, on the loopback: its pages are the suite's to write."""

from __future__ import annotations

import json
import os
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self

from sandbox.runner.privileges import keep_descriptors
from sandbox.runner.services.address import WEBSITE_PORT
from sandbox.runner.services.starting import Starting, start_apart

UID: Final = 73

ASKED: Final = 2000
"""Requests that are remembered: the first ones."""

CONNECTIONS: Final = 32
"""Connections that are served at once, each by a thread: who opens more of them waits, and nobody
else in the sandbox is short of tasks. Learners' own limit does not count these."""

SHOWN: Final = 500
"""Characters of a path, and of a header, that are remembered."""

NOT_FOUND: Final[dict[str, Any]] = {"status": 404, "headers": {}, "body": "<h1>Not Found</h1>"}


def start() -> Starting:
    """Begin to start the server. Its secret is the path under which the suite writes its pages."""
    return start_apart("the website", UID, _bring_up)


def _bring_up(_: int) -> str:
    site = _Site(f"/{secrets.token_urlsafe(24)}")
    server = _Server(("127.0.0.1", WEBSITE_PORT), site.handler())
    if os.fork() == 0:
        null = os.open(os.devnull, os.O_RDWR)
        for fd in range(3):
            os.dup2(null, fd)
        keep_descriptors([0, 1, 2, server.fileno()])
        server.serve_forever()
    return site.secret


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    _free = threading.BoundedSemaphore(CONNECTIONS)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread, once there is one to be had."""
        self._free.acquire()
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve it, in the thread."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()


class _Site:
    """Pages by path (with the query, where there is one), and who asked for what.

    Each path has the pages that it is answered with in turn; the last one stays.
    """

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self._pages: dict[str, list[dict[str, Any]]] = {}
        self._asked: list[dict[str, str]] = []
        self._lock = threading.Lock()

    def handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            server_version = "Website"
            sys_version = ""
            timeout = 10

            def do_GET(self: Self) -> None:
                """Answer with the page."""
                status, headers, body = site.answer(self.path, str(self.headers["User-Agent"]))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_HEAD = do_GET  # noqa: N815  # http.server's name

            def do_PUT(self: Self) -> None:
                """Take the pages of a test, from the suite alone; answer with who asked before."""
                if self.path != site.secret:
                    self.send_error(405)
                    return
                asked = site.publish(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", str(len(asked)))
                self.end_headers()
                self.wfile.write(asked)

            def log_message(self: Self, *_: object) -> None:
                """Say nothing."""

        return Handler

    def answer(self, path: str, agent: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of what is at `path`."""
        with self._lock:
            if len(self._asked) < ASKED:
                self._asked.append({"path": path[:SHOWN], "user_agent": agent[:SHOWN]})
            page = self._turn(path) or self._turn(path.partition("?")[0]) or NOT_FOUND
        headers = {"Content-Type": "text/html; charset=utf-8"} | page["headers"]
        return page["status"], headers, page["body"].encode()

    def _turn(self, path: str) -> dict[str, Any] | None:
        pages = self._pages.get(path, [])
        return pages.pop(0) if len(pages) > 1 else next(iter(pages), None)

    def publish(self, data: bytes) -> bytes:
        """Take `{"pages": …}` in place of what is there, or nothing where it is null; return who
        has asked since the pages were last taken."""
        pages = json.loads(data)["pages"]
        with self._lock:
            asked = json.dumps(self._asked).encode()
            if pages is not None:
                self._pages, self._asked = pages, []
        return asked
