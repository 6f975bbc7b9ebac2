"""Whose a sandbox is: the process that made it, named so that a later one can tell it is gone."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def owner_label() -> str:
    """Return this process's name: boot id, pid namespace, pid and start time."""
    return f"{_here()}/{os.getpid()}/{_start_time(os.getpid())}"


def owner_is_gone(label: str) -> bool:
    """Whether the process behind `label` surely no longer runs.

    A label from another pid namespace of this boot can't be judged from here: it counts as
    living. After a reboot nothing of an earlier boot lives.
    """
    boot, _, rest = label.partition("/")
    if boot != _boot_id():
        return True
    namespace, _, process = rest.partition("/")
    if f"{boot}/{namespace}" != _here():
        return False
    pid, _, start = process.partition("/")
    return not pid.isdigit() or _start_time(int(pid)) != start


def _here() -> str:
    return f"{_boot_id()}/{(_PROC / 'self/ns/pid').readlink()}"


def _boot_id() -> str:
    return (_PROC / "sys/kernel/random/boot_id").read_text().strip()


def _start_time(pid: int) -> str | None:
    """Field 22 of /proc/PID/stat (proc(5)), in clock ticks; None when there is no such process."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    return stat.rpartition(")")[2].split()[19]
