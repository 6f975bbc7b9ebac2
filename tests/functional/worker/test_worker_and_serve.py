"""`backyard serve`: the web process and the worker come and go together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.functional.worker.conftest import Place, sandboxes_of, wait_for


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(place: Place) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`backyard serve`, once both children are at work, and its port."""
    port = free_port()
    process = place.start("serve", "--port", str(port))
    wait_for(lambda: "worker is ready" in place.log_text(), 60, "the worker's start")
    wait_for(lambda: answers(port), 60, "the first page")
    yield process, port


def answers(port: int) -> bool:
    """Whether the web process answers a request."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/static/icon.svg")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def children(pid: int) -> dict[int, str]:
    """All living descendants of a process: their command lines by pid."""
    found: dict[int, str] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            command = (path / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if parent == pid and command:
            found |= {int(path.name): command} | children(int(path.name))
    return found


def named(pid: int, word: str) -> int:
    """The first descendant of `pid` whose command line has `word`."""
    return min(child for child, command in children(pid).items() if word in command)


def are_gone(pids: list[int]) -> bool:
    """Whether none of these processes lives."""
    return not [pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists() and is_alive(pid)]


def is_alive(pid: int) -> bool:
    """Whether the process runs: one that waits to be reaped does not."""
    try:
        return (Path(f"/proc/{pid}") / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_both_and_leaves_nothing_behind(place: Place, number: int) -> None:
    with served(place) as (process, port):
        family = children(process.pid)
        worker = named(process.pid, "backyard worker")
        process.send_signal(number)
        assert process.wait(60) == 0
    assert len(family) >= 3
    assert are_gone(list(family))
    assert not answers(port)
    assert sandboxes_of(worker) == []


def test_killed_at_once_it_takes_its_children_along(place: Place) -> None:
    with served(place) as (process, _):
        family = list(children(process.pid))
        process.kill()
        process.wait()
    wait_for(lambda: are_gone(family), 60, "the children's end")


def test_a_worker_that_dies_is_started_again(place: Place) -> None:
    with served(place) as (process, port):
        os.kill(named(process.pid, "backyard worker"), signal.SIGKILL)
        wait_for(lambda: place.log_text().count("worker is ready") == 2, 60, "another worker")
        assert answers(port)
        assert "The worker died (exit code -9). Next start in 0.5 s." in place.log_text()
        submission = place.hand_in()
        place.await_verdict(submission)


def test_without_its_web_process_it_stops(place: Place) -> None:
    with served(place) as (process, _):
        family = list(children(process.pid))
        os.kill(named(process.pid, "gunicorn"), signal.SIGKILL)
        assert process.wait(60) == 1
    wait_for(lambda: are_gone(family), 60, "the children's end")
    assert "The web process died, so Backyard stops." in place.log_text()


def test_a_port_in_use_is_one_sentence(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        process = place.start("serve", "--port", str(port))
        assert process.wait(60) == 1
    assert place.log_text() == (
        f"Error: Can't listen on 127.0.0.1, port {port}: Address already in use. "
        "Stop what uses it, or choose another with --port.\n"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "no such host"])
def test_an_address_that_is_not_of_this_machine_is_one_sentence(place: Place, host: str) -> None:
    port = free_port()
    process = place.start("serve", "--host", host, "--port", str(port))
    assert process.wait(60) == 1
    assert place.log_text() == (
        f"Error: Can't listen on {host}, port {port}: This machine has no such address. "
        "Choose one that it has with --host.\n"
    )


def test_without_a_secret_key_it_says_what_to_do(place: Place) -> None:
    (place.folder / "secret_key").unlink()
    process = place.start("serve", "--port", str(free_port()))
    assert process.wait(60) == 1
    assert "Run `backyard setup` to make one" in place.log_text()
