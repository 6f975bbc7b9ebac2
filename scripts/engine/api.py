"""The little of the engine's HTTP API that is needed to find one and to leave it clean."""

import http.client
import json
import socket
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

# Every container of ours carries it; see sandbox/docker/walls.py.
OWNER_LABEL: Final = "backyard.owner"

# Removing a container that still runs is the slowest of the calls made here.
ANSWER_SECONDS: Final = 30


class UnixConnection(http.client.HTTPConnection):
    """HTTP to a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=ANSWER_SECONDS)
        self.path = path

    def connect(self) -> None:
        """Connect to the socket's path instead of a host."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


def call(path: Path, method: str, url: str) -> tuple[int, bytes]:
    """Return the status and the body of one request. Raises OSError, http.client.HTTPException."""
    with closing(UnixConnection(path)) as connection:
        connection.request(method, url)
        answer = connection.getresponse()
        return answer.status, answer.read()


def answers(path: Path) -> bool:
    """Tell whether an engine answers at a socket. Raises PermissionError if it may not be asked."""
    try:
        status, _ = call(path, "GET", "/_ping")
    except PermissionError:
        raise
    except (OSError, http.client.HTTPException):
        return False
    return status == 200


def remove_our_containers(path: Path) -> None:
    """Remove every container of ours, running or not."""
    query = urlencode({"all": 1, "filters": json.dumps({"label": [OWNER_LABEL]})})
    _, body = call(path, "GET", f"/containers/json?{query}")
    for container in json.loads(body):
        call(path, "DELETE", f"/containers/{container['Id']}?force=1&v=1")
