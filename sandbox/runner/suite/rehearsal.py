"""Running a small suite once, before a submission is there, since only the first time is slow.

The first tests and requests fill caches: of regular expressions, of hooks, of what modules import
late.
"""

from __future__ import annotations

import contextlib
import io
import socket
import sys
import threading
from pathlib import Path
from typing import Final

import pytest

from sandbox.runner.suite.options import OPTIONS
from sandbox.runner.suite.recorder import Recorder

ANSWER: Final = b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

ARRANGED: Final = """
CREATE TABLE rehearsal (id integer PRIMARY KEY, text text NOT NULL, price numeric(10, 2));
INSERT INTO rehearsal VALUES (1, 'a', 1.5);
"""
ASKED: Final = "SELECT id, max(text), sum(price) FROM rehearsal GROUP BY id ORDER BY id"

SUITE: Final = '''
import pytest

@pytest.fixture
def given():
    yield {"number": 1}

def test_passes(given):
    """It passes."""
    assert given == {"number": 1}, "a message"

@pytest.mark.parametrize("number", [1])
def test_fails(number):
    """It fails."""
    with pytest.raises(ValueError):
        int("no number")
    assert {"number": number} == {"number": 2}, "a message"
'''


def rehearse_suite(home: Path) -> None:
    """Run a suite of two tests that nobody sees, in a folder below `home`."""
    folder = home / "rehearsal"
    folder.mkdir()
    settings = folder / "pytest.ini"
    settings.write_text("[pytest]\n")
    (folder / "test_rehearsal.py").write_text(SUITE)
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main([*OPTIONS, f"--rootdir={folder}", f"-c{settings}", str(folder)])
    sys.path.remove(str(folder))
    del sys.modules["test_rehearsal"]


def rehearse_client(home: Path) -> None:
    """Have a request answered, as tests with `client` do."""
    from sandbox.runner.suite.transport import client_to  # httpx comes with it

    path = home / "rehearsal.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(path))
        listener.listen(1)
        answering = threading.Thread(target=_answer, args=[listener])
        answering.start()
        with client_to(path, 5.0, Recorder()) as client:
            assert client.post("/", json={"a": 1}).json() == {}
        answering.join()


def rehearse_database(password: str) -> None:
    """Clear the database and ask it something, as each test does: the server caches its catalogs,
    and psycopg what it imports late."""
    from decimal import Decimal

    from sandbox.runner.suite import postgres  # psycopg comes with it
    from sandbox.runner.suite.query import Query, read_only_session

    recorder = Recorder()
    with postgres.connect_suite(password, recorder) as suite:
        postgres.reset(suite, may_create=False)
        suite.execute(ARRANGED)
        query = Query({"": ASKED}, "", lambda: read_only_session(suite), recorder)
        assert query() == [(1, "a", Decimal("1.50"))]
        postgres.reset(suite, may_create=False)


def _answer(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(ANSWER)
