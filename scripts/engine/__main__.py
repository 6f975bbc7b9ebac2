"""An engine that is there is left alone; else one is started, and stopped when the command ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType

from scripts.engine.find import SYSTEM_SOCKET, UNIX, NoEngine, find_engine
from scripts.engine.start import engine, install

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


def main(command: Sequence[str]) -> int:
    """Run the command, and return its exit code; 1 where no engine can be had, 130 after Ctrl-C."""
    try:
        host = find_engine()
        os.environ["DOCKER_HOST"] = host or f"{UNIX}{SYSTEM_SOCKET}"
        if host is not None:
            os.execvp(command[0], list(command))
        for number in ENDING_SIGNALS:
            signal.signal(number, _leave)
        install()
        with engine():
            return _run(command)
    except NoEngine as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _run(command: Sequence[str]) -> int:
    """Run the command to its end; return its exit code, or 128 + the signal that ended it.

    Ctrl-C reaches it from the terminal, so here it is only outlived; other signals that end a
    program are passed on. From here on none of them keeps the engine from being stopped.
    """
    child = subprocess.Popen(command)
    signal.signal(signal.SIGINT, lambda *_: None)
    for number in ENDING_SIGNALS:
        signal.signal(number, lambda number, _: child.send_signal(number))
    code = child.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
