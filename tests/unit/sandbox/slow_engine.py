"""An engine on a real Unix socket that answers some calls, and is silent or dribbles at others."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.unit.sandbox.fake_engine import UPGRADED

DRIBBLE: Final = 0.05
"""Seconds between two bytes of an engine that dribbles."""

NORMAL: Final = {
    "/info": (200, {"DefaultRuntime": "runc", "Runtimes": {"runc": {"path": "runc"}}}),
    "/version": (200, {"ApiVersion": "1.41"}),
    "/containers/create": (201, {"Id": "c" * 64}),
    "/containers/json": (200, []),
    "/start": (204, None),
    "/_ping": (200, None),
    "/events": (200, None),
}
"""What a healthy engine answers, by a part of the path. It answers `attach` by the upgrade."""


class SlowEngine(socketserver.ThreadingUnixStreamServer):
    """`stuck` names parts of paths at which it sticks; `dribbles` says how."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, path: Path, *stuck: str, dribbles: bool = False) -> None:
        super().__init__(str(path), _Handler)
        self.path = str(path)
        self.stuck = stuck
        self.dribbles = dribbles
        self.over = threading.Event()


class _Handler(socketserver.StreamRequestHandler):
    server: SlowEngine

    def handle(self) -> None:
        while line := self.rfile.readline():
            path = line.decode().split(" ")[1].partition("?")[0]
            self._read_the_rest()
            if any(part in path for part in self.server.stuck):
                self._stick()
                return
            if "attach" in path:
                self.wfile.write(UPGRADED)
                self.server.over.wait()
                return
            self._answer(path)

    def _read_the_rest(self) -> None:
        length = 0
        while (line := self.rfile.readline().strip()) != b"":
            name, _, value = line.lower().partition(b":")
            length = int(value) if name == b"content-length" else length
        self.rfile.read(length)

    def _answer(self, path: str) -> None:
        status, body = next((NORMAL[part] for part in NORMAL if part in path), (200, None))
        data = json.dumps(body).encode() if body is not None else b""
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n"
        self.wfile.write(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)

    def _stick(self) -> None:
        if not self.server.dribbles:
            self.server.over.wait()
            return
        try:
            self.wfile.write(b"HTTP/1.1 200 X\r\nX: ")
            while not self.server.over.wait(DRIBBLE):
                self.wfile.write(b"x")
        except OSError:  # the client has had enough
            pass


@contextmanager
def slow_engine(path: Path, *stuck: str, dribbles: bool = False) -> Iterator[SlowEngine]:
    """An engine that runs while the context is open."""
    with SlowEngine(path, *stuck, dribbles=dribbles) as engine:
        thread = threading.Thread(target=engine.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield engine
        finally:
            engine.over.set()
            engine.shutdown()
            thread.join()
