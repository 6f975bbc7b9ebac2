"""A line from a browser to a site that can be cut in the middle of whatever goes over it.

Chromium's own "offline" lets a stream that is open go on.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Thread

from tests.browser.server import Site, free_port


class Line:
    """Leads from a port of its own to a site's. It is whole at first."""

    def __init__(self, site: Site) -> None:
        self.port = free_port()
        self.site = replace(site, url=f"http://127.0.0.1:{self.port}")
        self._to = site.port
        self._open: list[socket.socket] = []
        self.mend()

    def mend(self) -> None:
        """Let browsers through, from now on."""
        listener = socket.create_server(("127.0.0.1", self.port))
        self._open = [listener]
        Thread(target=self._serve, args=(listener, self._open), daemon=True).start()

    def cut(self) -> None:
        """End every connection at once, and refuse new ones."""
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _serve(self, listener: socket.socket, known: list[socket.socket]) -> None:
        with suppress(OSError):  # it was cut
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                known += [near, far]
                for ends in ((near, far), (far, near)):
                    Thread(target=_pass_on, args=ends, daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def line_to(site: Site) -> Iterator[Line]:
    """A line to a site while the context is open."""
    line = Line(site)
    yield line
    line.cut()
