"""What every test needs."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    """Hear Ctrl-C again: a shell starts background jobs deaf to it, and tests send it to children.

    A child inherits deafness; a handler of ours becomes the default again when it is started.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
