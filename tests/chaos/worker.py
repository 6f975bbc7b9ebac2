"""`backyard worker`, but for one thing that goes wrong: run as `python -m tests.chaos.worker`.

It keeps sandboxes of one environment only, or most of the time here would go by with starting those
that nobody uses.

`CHAOS_DIE` names the moment at which the process ends as by `kill -9`, at that moment's second
coming, so that there is something else in hand too. `CHAOS_CLOCK` is a file that holds the seconds
by which the time of day is off; it is read at each look at the clock.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

import backyard.db
import sandbox.environment
from sandbox.environment import IMAGES, Environment

MOMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "claimed": ("backyard.queue.embedded", "EmbeddedQueue.claim"),
    "sandbox taken": ("sandbox.pool", "Pool.take"),
    "tests running": ("backyard.queue.embedded", "EmbeddedQueue.tests"),
    "storing": ("backyard.queue.embedded", "record_verdict"),
    "stored": ("backyard.queue.embedded", "EmbeddedQueue.finish"),
}
"""Where the process dies: a function's module and name. `storing` is inside of the transaction."""


def main() -> None:
    """Arm what the environment asks for, and be a worker."""
    _keep_one_environment()
    if file := os.environ.get("CHAOS_CLOCK"):
        _step_clock(Path(file))
    if moment := os.environ.get("CHAOS_DIE"):
        _arm(moment)
    from backyard.cli import main as backyard

    backyard()


def _keep_one_environment() -> None:
    """Before anything else is imported, as modules take the function by its name."""
    every = sandbox.environment.load_environments

    def load_environments(root: Path = IMAGES) -> Mapping[str, Environment]:
        return {name: each for name, each in every(root).items() if name == "python"}

    sandbox.environment.load_environments = load_environments


def _step_clock(file: Path) -> None:
    """The same with the time of day."""
    right = backyard.db.utcnow

    def utcnow() -> datetime:
        return right() + timedelta(seconds=float(file.read_text()))

    backyard.db.utcnow = utcnow


def _arm(moment: str) -> None:
    from importlib import import_module

    module, name = MOMENTS[moment]
    owner: Any = import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    setattr(owner, last, _deadly(getattr(owner, last)))


def _deadly(function: Callable[..., Any]) -> Callable[..., Any]:
    comings = count(1)

    def wrapped(*arguments: Any, **options: Any) -> Any:
        result = function(*arguments, **options)
        came = result is not None or function.__name__ != "claim"  # mostly there is none
        if came and next(comings) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return wrapped


if __name__ == "__main__":
    main()
