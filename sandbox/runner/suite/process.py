"""From a fork of PID 1 to the suite's own process."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
import traceback
from pathlib import Path
from typing import Final, NoReturn

from sandbox.protocol import write_frame
from sandbox.runner.privileges import become, keep_descriptors
from sandbox.runner.settings import Settings
from sandbox.runner.suite.rehearsal import rehearse_client, rehearse_database, rehearse_suite
from sandbox.runner.suite.session import Start, SuiteBroken, run_suite

HOME: Final = Path("/suite")
FAILED: Final = 3


def become_suite(channel: socket.socket, settings: Settings, secrets: dict[str, int]) -> NoReturn:
    """In a fresh fork: take on the suite's uid, warm up, read the tests, run them. Never returns.

    `secrets` maps services to descriptors that hold theirs once the sandbox is warm.
    """
    code = FAILED
    reports = _take_standard_output()
    try:
        keep_descriptors([0, 1, 2, reports, channel.fileno(), *secrets.values()])
        os.setpgid(0, 0)  # whatever runs the tests is told to leave by its group
        become(settings.suite)
        os.environ.update(HOME=str(HOME), TMPDIR=str(HOME), PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
        known = _warm(settings, secrets)
        start = Start(HOME, channel, known, lambda told: _write_whole(reports, told))
        run_suite(start, HOME)
        code = 0
    except SuiteBroken as error:
        _write_whole(reports, {"type": "broken", "message": str(error)})
    except BaseException:
        _write_whole(reports, {"type": "broken", "message": traceback.format_exc()[-4000:]})
    finally:
        os._exit(code)


def _warm(settings: Settings, secrets: dict[str, int]) -> dict[str, str]:
    """Import what tests will use, and use it once. Return the services' secrets by name."""
    gc.disable()
    for module in settings.suite_preload:
        importlib.import_module(module)
    rehearse_suite(HOME)
    if "httpx" in settings.suite_preload:
        rehearse_client(HOME)
    known = {name: os.read(fd, 1024).decode() for name, fd in secrets.items()}  # once they are up
    if "postgres" in known:
        rehearse_database(known["postgres"])
    gc.freeze()
    gc.enable()
    return known


def _take_standard_output() -> int:
    """Move the host's stream to a descriptor of our own, so that no `print` can reach it."""
    reports = os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    return reports


def _write_whole(fd: int, frame: dict[str, object]) -> None:
    """Write one frame with SIGTERM held back, so that PID 1 never cuts one in two."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    write_frame(fd, frame)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
