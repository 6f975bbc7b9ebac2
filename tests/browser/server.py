"""A whole site for browser tests: real gunicorn, worker and Docker, an instance of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backyard.serve import WEB_PATIENCE

START_SECONDS: Final = 60
STOP_SECONDS: Final = 45

BACKYARD: Final = str(Path(sys.executable).parent / "backyard")
GUNICORN: Final = str(Path(sys.executable).parent / "gunicorn")

# One address makes all accounts here, which on the open internet would be suspicious.
RATES: Final = {
    "BACKYARD_REGISTER_RATE": "1000 per hour",
    "BACKYARD_LOGIN_RATE": "1000 per hour",
    "BACKYARD_JOIN_RATE": "1000 per hour",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where a site runs, and what its processes were started with.

    `admin_password` belongs to the user `admin`.
    """

    url: str
    port: int
    admin_password: str
    environment: Mapping[str, str]
    log: Path


def prepare_site(instance: Path) -> Site:
    """Set up an instance in the empty folder `instance`. Nothing runs yet."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        **RATES,
        "BACKYARD_INSTANCE": str(instance),
        "BACKYARD_PUBLIC_URL": url,
    }
    said = subprocess.run(
        [BACKYARD, "setup"], env=environment, capture_output=True, text=True, check=False
    )
    password = re.search(r"Password: (\S+)", said.stdout)
    if said.returncode != 0 or password is None:
        raise RuntimeError(f"`backyard setup` failed:\n{said.stdout}{said.stderr}")
    return Site(url, port, password[1], environment, instance / "log")


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serve web and worker as `backyard serve` does, and stop both at the end."""
    with _running(site, [BACKYARD, "serve", "--host", "127.0.0.1", "--port", str(site.port)]):
        _wait_for(site)
        yield site


@contextmanager
def web_alone(site: Site) -> Iterator[Site]:
    """Serve the pages without any worker."""
    options = {
        "bind": f"127.0.0.1:{site.port}",
        "worker-class": "gthread",
        "threads": 8,
        "graceful-timeout": WEB_PATIENCE,  # streams would go on for a minute
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    with _running(site, [GUNICORN, *arguments, "wsgi:app"]):
        _wait_for(site)
        yield site


@contextmanager
def worker_alone(site: Site) -> Iterator[None]:
    """Run a worker beside a site that is served by `web_alone`."""
    with _running(site, [BACKYARD, "worker"]):
        yield


@contextmanager
def _running(site: Site, command: Sequence[str]) -> Iterator[None]:
    with site.log.open("ab") as log:
        process = subprocess.Popen(
            command,
            env=dict(site.environment),
            cwd=Path(__file__).parents[2],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask first; then end whatever is left of the process and its children."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(site: Site) -> None:
    wait_for_page(f"{site.url}/login", site.log)


def wait_for_page(url: str, log: Path) -> None:
    """Wait until there is an answer; fail with what `log` holds when there never is."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The site did not start. Its log:\n{log.read_text()}")
