"""The SDK's client, each of whose calls ends by a deadline.

The SDK's own timeout counts from byte to byte, so an engine that dribbles holds a call for ever,
and for the stream of events it switches the timeout off. Here the time runs from a call's first
byte to its last.
"""

from __future__ import annotations

import socket
import time
from typing import Any, Final

import docker
from docker.transport.unixconn import (
    UnixHTTPAdapter,
    UnixHTTPConnection,
    UnixHTTPConnectionPool,
)
from requests.adapters import BaseAdapter

_UNIX: Final = "http+docker://"


def client(engine_socket: str, seconds: int) -> docker.APIClient:
    """Return a client of the engine at a Unix socket's path; it asks for the API's version first.

    A call that takes longer than `seconds` in all raises requests.RequestException or OSError.
    """
    return _Client(f"unix://{engine_socket}", version="auto", timeout=seconds)


class _Client(docker.APIClient):
    def mount(self, prefix: str | bytes, adapter: BaseAdapter) -> None:
        if prefix == _UNIX and isinstance(adapter, UnixHTTPAdapter):
            adapter = _Adapter(adapter.socket_path, adapter.timeout)
        super().mount(prefix, adapter)


class _Adapter(UnixHTTPAdapter):
    def get_connection(self, url: Any, proxies: Any = None) -> Any:
        with self.pools.lock:
            if (pool := self.pools.get(url)) is None:
                pool = _Pool(url, self.socket_path, self.timeout, maxsize=self.max_pool_size)
                self.pools[url] = pool
        return pool


class _Pool(UnixHTTPConnectionPool):
    def _new_conn(self) -> Any:
        return _Connection(self.base_url, self.socket_path, self.timeout)


class _Connection(UnixHTTPConnection):
    def __init__(self, base_url: Any, unix_socket: str, timeout: Any) -> None:
        super().__init__(base_url, unix_socket, timeout)
        self._seconds = float(timeout)
        self._deadline = time.monotonic() + self._seconds

    def putrequest(self, *arguments: Any, **options: Any) -> None:
        self._deadline = time.monotonic() + self._seconds
        if isinstance(self.sock, _Socket):
            self.sock.deadline = self._deadline
        super().putrequest(*arguments, **options)

    def connect(self) -> None:
        sock = _Socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.deadline = self._deadline
        try:
            sock.connect(self.unix_socket)
        except OSError:
            sock.close()
            raise
        self.sock = sock


class _Socket(socket.socket):
    """Has one deadline for all that is done with it."""

    deadline: float

    def settimeout(self, value: float | None) -> None:
        """Do nothing: the libraries above count from byte to byte."""

    def connect(self, address: Any) -> None:
        self._wind()
        super().connect(address)

    def sendall(self, data: Any, flags: int = 0) -> None:
        self._wind()
        super().sendall(data, flags)

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self._wind()
        return super().recv_into(buffer, nbytes, flags)

    def _wind(self) -> None:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the engine took too long")
        super().settimeout(left)
