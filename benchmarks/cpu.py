"""What the whole machine's processors spend, so that the engine and runc count too."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Final

STAT: Final = Path("/proc/stat")
BUSY: Final = (0, 1, 2, 5, 6)
"""Places in the first line of /proc/stat (proc(5)): user, nice, system, irq, softirq. What a
hypervisor took away (steal) is nobody's work; a guest's time is part of user."""

TOO_BUSY: Final = 0.2
"""Processors in use on an idle machine, from which on figures are not to be trusted."""


def busy_seconds(stat: str | None = None) -> float:
    """CPU seconds that all processors together were busy since the machine's start."""
    ticks = (STAT.read_text() if stat is None else stat).splitlines()[0].split()[1:]
    return sum(int(ticks[place]) for place in BUSY) / os.sysconf("SC_CLK_TCK")


def idle_rate(seconds: float) -> float:
    """Watch for so long a machine that does nothing for us; return CPU seconds in a second.

    Says so on standard error where others use it: what they spend later can't be told from ours.
    """
    began, busy = time.monotonic(), busy_seconds()
    time.sleep(seconds)
    rate = (busy_seconds() - busy) / (time.monotonic() - began)
    if rate > TOO_BUSY:
        print(f"others keep {rate:.1f} processors busy: distrust CPU seconds", file=sys.stderr)
    return rate


class Meter:
    """Counts the CPU seconds that were spent beyond `rate`, the machine's own while it is idle."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._began = time.monotonic()
        self._busy = busy_seconds()

    def read(self) -> float:
        """CPU seconds since the meter was made."""
        passed = time.monotonic() - self._began
        return busy_seconds() - self._busy - self._rate * passed
