"""What a process of the learner's is like before an application is made in it, to be so again.

A second application finds its modules not yet imported, and Python's own settings as the first
one did. What is planted elsewhere, such as an attribute of a library's class, stays: exercises for
which that matters ask for a new process for each test (`isolation = "process"`).
"""

from __future__ import annotations

import decimal
import gc
import logging
import os
import random
import signal
import socket
import sys
import warnings
from pathlib import Path

from sandbox.runner.privileges import MASK


def can_be_made_again() -> bool:
    """Whether a second application can be made in this process. Django keeps its settings and
    models for as long as the process lives."""
    apps = sys.modules.get("django.apps")
    return apps is None or not apps.apps.ready


class State:
    """The state of this process as it is now."""

    def __init__(self, home: Path) -> None:
        """`home` is where the learner's modules are."""
        self._home = f"{home}/"
        self._modules = set(sys.modules)
        self._path = list(sys.path)
        self._signals = {number: signal.getsignal(number) for number in signal.valid_signals()}
        self._loggers = set(logging.root.manager.loggerDict)
        self._handlers = list(logging.root.handlers)
        self._filters = list(warnings.filters)

    def restore(self) -> None:
        """Make it so again."""
        self._forget_modules()
        sys.path[:] = self._path
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        os.umask(MASK)
        os.chdir("/")
        self._restore_signals()
        self._restore_logging()
        warnings.filters[:] = self._filters  # type: ignore[index]  # a list, whatever typeshed says
        decimal.setcontext(decimal.Context())
        socket.setdefaulttimeout(None)
        sys.setswitchinterval(0.005)
        random.seed()
        gc.enable()
        gc.collect()  # closes what modules have left open, such as a database

    def _forget_modules(self) -> None:
        for name in sys.modules.keys() - self._modules:
            if self._is_theirs(sys.modules[name]):
                del sys.modules[name]
        for path in [path for path in sys.path_importer_cache if path.startswith(self._home)]:
            del sys.path_importer_cache[path]

    def _is_theirs(self, module: object) -> bool:
        """Whether it is a module or a folder of modules of the learner's."""
        places = (getattr(module, "__file__", None), *getattr(module, "__path__", ()))
        return any(str(place).startswith(self._home) for place in places)

    def _restore_signals(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in self._signals.items():
            if handler is not None and signal.getsignal(number) is not handler:
                signal.signal(number, handler)

    def _restore_logging(self) -> None:
        known = logging.root.manager.loggerDict
        for name in known.keys() - self._loggers:
            del known[name]
        logging.root.handlers[:] = self._handlers
        logging.root.setLevel(logging.WARNING)
        logging.disable(logging.NOTSET)
