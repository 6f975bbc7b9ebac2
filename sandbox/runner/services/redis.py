"""Redis: a server of the sandbox's own, in memory alone."""

from __future__ import annotations

import hashlib
import secrets
import socket
import tempfile
from typing import Final

from sandbox.runner.services.address import REDIS_SOCKET
from sandbox.runner.services.starting import Starting, launch, start_apart, until_well

UID: Final = 72
"""As in environment.toml, where its directory is given to it."""

SETTINGS: Final = """
port 0
unixsocket {socket}
unixsocketperm 777
save ""
appendonly no
dir /run/redis
databases 1
maxmemory 32mb
maxclients 100
busy-reply-threshold 1000
loglevel warning
user suite on #{digest} ~* &* +@all
user default on nopass ~* &* +@all -@admin -@dangerous +flushdb +flushall +keys +info
"""
"""The learner is the user `default`: all that programs use, and nothing that reaches past the data
(redis.io, "ACL")."""


def start() -> Starting:
    """Begin to start the server. Its secret is the password of the user `suite`."""
    return start_apart("Redis", UID, _bring_up)


def _bring_up(complaints: int) -> str:
    password = secrets.token_urlsafe(24)
    digest = hashlib.sha256(password.encode()).hexdigest()
    with tempfile.TemporaryFile(dir="/run/redis") as settings:
        settings.write(SETTINGS.format(socket=REDIS_SOCKET, digest=digest).encode())
        settings.seek(0)
        launch(["redis-server", "-"], complaints, stdin=settings)
    until_well(_ping)
    return password


def _ping() -> str:
    """Return what is wrong, or nothing once the server answers."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.connect(REDIS_SOCKET)
            connection.sendall(b"PING\r\n")
            said = connection.recv(100)
    except OSError as error:
        return str(error)
    return "" if said == b"+PONG\r\n" else repr(said)
