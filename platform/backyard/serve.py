"""`backyard serve`: the web process and one worker, started and stopped together."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

import click

from backyard.config import ROOT, ConfigurationError, Settings, load_settings
from backyard.worker.database import open_checked

THREADS: Final = 32
"""Of the web process; `submissions.stream.StreamSlots` leaves a dozen of them to short requests."""

WEB_PATIENCE: Final = 3
"""Seconds for requests under way when the web process stops. Streams would go on for a minute;
browsers come back by themselves."""

WORKER_PATIENCE: Final = 40.0
"""Seconds for the worker to stop: the 30 that it gives to gradings, and some to clean up."""

PAUSES: Final = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds before a worker that died is started again; the last repeats."""

SETTLED: Final = 60.0
"""A worker that lived this many seconds starts over with the first pause."""

PR_SET_PDEATHSIG: Final = 1
"""prctl(2): the signal that a process gets when its parent dies."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def serve_command(host: str, port: int) -> None:
    """Serve the pages and grade submissions until told to stop (Ctrl-C or SIGTERM)."""
    try:
        _check(load_settings())
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from None
    with listen(host, port) as listener:
        click.echo(f"Backyard is at http://{_shown(host)}:{port}/ (Ctrl-C stops it).")
        sys.exit(Household(listener, "wsgi:app").run())


def _check(settings: Settings) -> None:
    """Look at what both children need: one that lacks it would be started again for ever."""
    settings.secret_key()
    open_checked(settings.database).kw["bind"].dispose()


def listen(host: str, port: int) -> socket.socket:
    """Bind here, and hand the socket down: so that a port in use is one sentence, at once.

    Raises click.ClickException.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise click.ClickException(
            f"Can't listen on {host}, port {port}: {_explain(error)}"
        ) from None
    listener.set_inheritable(True)
    return listener


def _explain(error: OSError) -> str:
    code = error.errno or 0
    if code < 0 or code == errno.EADDRNOTAVAIL:  # below zero: the name leads nowhere (EAI_…)
        return "This machine has no such address. Choose one that it has with --host."
    return f"{os.strerror(code)}. Stop what uses it, or choose another with --port."


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class Household:
    """The two children. Without the web process all ends; a worker that dies is replaced."""

    def __init__(self, listener: socket.socket, target: str) -> None:
        """`target` is what gunicorn serves on `listener`."""
        self._stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        self._web = _start(_web_command(listener.fileno(), target), listener.fileno())
        self._worker = _Worker()

    def run(self) -> int:
        """Return the exit code: 0 when told to stop, 1 when the web process died by itself."""
        while not self._stopping and self._web.poll() is None:
            self._worker.tend()
            time.sleep(0.1)
        died = not self._stopping
        if died:
            click.echo("The web process died, so Backyard stops.", err=True)
        for child in (self._web, self._worker.process):
            child.send_signal(signal.SIGTERM)
        _await_end(self._web, WEB_PATIENCE + 5)
        _await_end(self._worker.process, WORKER_PATIENCE)
        return int(died)

    def _stop(self, *_: object) -> None:
        self._stopping = True


class _Worker:
    """The worker's process, or after its death the next one's start."""

    def __init__(self) -> None:
        self._deaths = 0
        self._due: float | None = None
        self._begin()

    def tend(self) -> None:
        """Notice a death, and start anew once its pause is over."""
        if self._due is None and self.process.poll() is not None:
            self._due = time.monotonic() + self._pause()
        elif self._due is not None and time.monotonic() >= self._due:
            self._begin()

    def _begin(self) -> None:
        self.process = _start([sys.executable, "-m", "backyard", "worker"])
        self._began, self._due = time.monotonic(), None

    def _pause(self) -> float:
        if time.monotonic() - self._began > SETTLED:
            self._deaths = 0
        pause = PAUSES[min(self._deaths, len(PAUSES) - 1)]
        self._deaths += 1
        code = self.process.returncode
        click.echo(f"The worker died (exit code {code}). Next start in {pause:g} s.", err=True)
        return pause


def _web_command(listener: int, target: str) -> list[str]:
    options = {
        "bind": f"fd://{listener}",
        "worker-class": "gthread",
        "workers": "1",
        "threads": str(THREADS),
        "graceful-timeout": str(WEB_PATIENCE),
        "log-level": "warning",
        "pythonpath": str(ROOT),
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "gunicorn", *arguments, "--no-control-socket", target]


def _start(command: list[str], *descriptors: int) -> subprocess.Popen[bytes]:
    """Start a child in a process group of its own: Ctrl-C reaches it through us alone."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        pass_fds=descriptors,
        process_group=0,
        preexec_fn=_die_with(os.getpid()),
    )


def _die_with(parent: int) -> Callable[[], None]:
    """For a child: have it told to stop when this process dies, even by `kill -9`."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return tie


def _await_end(child: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
