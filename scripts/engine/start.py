"""Installs, starts and stops an engine of our own."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Final

from scripts.engine.api import answers, remove_our_containers
from scripts.engine.find import SYSTEM_SOCKET, NoEngine

ROOT: Final = Path(__file__).resolve().parents[2]
INSTANCE: Final = ROOT / "instance"
# The keyring lets debootstrap check Debian's signatures on Ubuntu too.
PACKAGES: Final = ("docker.io", "iptables", "debootstrap", "debian-archive-keyring")
TOOLS: Final = ("dockerd", "iptables", "debootstrap")

# dockerd and its tools live here, which a root shell got by `su` may not search.
SYSTEM_PATH: Final = "/usr/local/sbin:/usr/sbin:/sbin"
START_SECONDS: Final = 60
STOP_SECONDS: Final = 30


def install() -> None:
    """Install what an engine needs. Raises NoEngine where that is not for us to do."""
    os.environ["PATH"] = f"{SYSTEM_PATH}:{os.environ['PATH']}"
    if os.geteuid() == 0:
        if all(shutil.which(tool) for tool in TOOLS):
            return
        if subprocess.run([ROOT / "scripts/apt-install", *PACKAGES], check=False).returncode == 0:
            return
    raise NoEngine(
        "No Docker engine answers: install Docker and start it, or set DOCKER_HOST to where one "
        "listens."
    )


@contextmanager
def engine() -> Iterator[None]:
    """Start an engine; at the end remove our containers from it, and stop it."""
    print("engine: starting Docker", flush=True)
    with _systemd_service() if Path("/run/systemd/system").exists() else _daemon():
        try:
            yield
        finally:
            with suppress(OSError, HTTPException):
                remove_our_containers(SYSTEM_SOCKET)


@contextmanager
def _systemd_service() -> Iterator[None]:
    if subprocess.run(["systemctl", "start", "docker"], check=False).returncode:
        raise NoEngine("Docker did not start. `journalctl --unit docker` says why.")
    try:
        yield
    finally:
        subprocess.run(["systemctl", "stop", "docker.socket", "docker.service"], check=False)


@contextmanager
def _daemon() -> Iterator[None]:
    """A dockerd in a session of its own, so that Ctrl-C does not reach it."""
    INSTANCE.mkdir(mode=0o700, exist_ok=True)
    log = INSTANCE / "dockerd.log"
    with log.open("wb") as output:
        dockerd = subprocess.Popen(
            ["dockerd", "--pidfile", str(INSTANCE / "dockerd.pid")],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    with _stopped_at_the_end(dockerd):
        _wait_until_up(dockerd, log)
        yield


@contextmanager
def _stopped_at_the_end(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_up(dockerd: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(SYSTEM_SOCKET):
        if dockerd.poll() is not None or time.monotonic() > deadline:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-10:])
            raise NoEngine(f"dockerd did not start; {log} ends with:\n{tail}")
        time.sleep(0.1)
