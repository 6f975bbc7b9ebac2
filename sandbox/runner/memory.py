"""How often the kernel has ended a process of this sandbox for want of memory."""

from __future__ import annotations

from pathlib import Path
from typing import Final

COUNTERS: Final = (
    Path("/sys/fs/cgroup/memory.events"),  # cgroup v2
    Path("/sys/fs/cgroup/memory/memory.oom_control"),  # cgroup v1
)


def out_of_memory_kills() -> int:
    """Return the cgroup's `oom_kill` counter; 0 where the runtime shows none."""
    for path in COUNTERS:
        try:
            lines = path.read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            name, _, value = line.partition(" ")
            if name == "oom_kill":
                return int(value)
    return 0
