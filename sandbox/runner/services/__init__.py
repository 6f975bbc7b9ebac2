"""Services that run beside the subject, each real and each the sandbox's own."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Final, Protocol

KNOWN: Final = {"postgres": "sandbox.runner.services.postgres"}


class Starting(Protocol):
    """A service on its way up.

    `secret_fd` will hold what the suite logs in with. PID 1 never reads it, so no process forked
    for the learner has it in its memory.
    """

    @property
    def secret_fd(self) -> int: ...

    def wait(self) -> None:
        """Wait until it answers, and its secret can be read."""


def start(names: Iterable[str]) -> dict[str, Starting]:
    """Begin to start the services. Raises KeyError for one that the runner doesn't know."""
    return {name: importlib.import_module(KNOWN[name]).start() for name in names}
