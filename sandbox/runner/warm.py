"""What can be done before a submission arrives, for the learner's programs."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence

from sandbox.runner.syscalls import learners_filter


def warm(preload: Sequence[str], *, loopback: bool) -> None:
    """Import what the environment preloads, and use it once.

    Forks copy this process later, so it stays single-threaded and opens no database.
    """
    sys.dont_write_bytecode = True
    gc.disable()  # importing makes no garbage worth a search
    learners_filter(
        loopback=loopback
    )  # a machine that can't have it is our failure, so it shows now
    for module in preload:
        importlib.import_module(module)
    if preload:
        from sandbox.runner.subject.http import rehearse

        if "werkzeug" in sys.modules:
            from sandbox.runner.subject.routes import remember_routes

            remember_routes()
        rehearse()
    gc.freeze()  # what stays for good is looked through by no collection, and so not copied
    gc.enable()
