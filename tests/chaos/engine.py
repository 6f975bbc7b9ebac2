"""A Docker engine of our own, which may be stopped without harm to anybody."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import docker

from sandbox.images.tags import image_tag
from scripts.engine.api import answers
from tests.functional.worker.conftest import wait_for

START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 60.0


def why_not() -> str:
    """Why no engine of our own can be started here; "" where one can."""
    if os.geteuid() != 0:
        return "an engine of our own can be started by root only"
    return "" if shutil.which("dockerd", path=_path()) else "there is no dockerd to start"


class Engine:
    """One dockerd, with the image that the chaos tests need."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.host = f"unix://{folder / 'sock'}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        # In a network of its own: without a bridge it removes docker0, which is the usual engine's.
        command = [
            "unshare",
            "--net",
            "dockerd",
            f"--host={self.host}",
            f"--data-root={self._folder / 'data'}",
            f"--exec-root={self._folder / 'exec'}",
            f"--pidfile={self._folder / 'pid'}",
            "--bridge=none",
            "--iptables=false",
        ]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, env=os.environ | {"PATH": _path()}
            )
        wait_for(self._answers, START_SECONDS, "the engine's start")

    def stop(self) -> None:
        """Stop it as an operator does; its containers end."""
        self._signal(signal.SIGTERM)
        assert self._process
        self._process.wait(STOP_SECONDS)
        self._process = None

    @contextmanager
    def hangs(self) -> Iterator[None]:
        """It accepts what one says and never answers, while the context is open."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def load(self, image: str) -> None:
        """Bring an image of the usual engine here."""
        usual, ours = docker.from_env(timeout=120), docker.DockerClient(self.host, timeout=120)
        with closing(usual), closing(ours):
            data = b"".join(usual.images.get(image).save(named=True))
            ours.images.load(data)

    def _signal(self, number: int) -> None:
        assert self._process
        self._process.send_signal(number)

    def _answers(self) -> bool:
        return answers(self._folder / "sock")


@contextmanager
def own_engine() -> Iterator[Engine]:
    """An engine with the image `python`, stopped at the end and removed from the disk."""
    # Not below pytest's folder: a socket's path has 107 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    engine = Engine(folder)
    try:
        engine.start()
        engine.load(image_tag("python"))
        yield engine
    finally:
        if engine._process:
            engine.stop()
        _remove(folder)


def _remove(folder: Path) -> None:
    """What the engine had mounted may take a moment to be free."""
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.5)


def _path() -> str:
    return f"/usr/local/sbin:/usr/sbin:/sbin:{os.environ['PATH']}"
