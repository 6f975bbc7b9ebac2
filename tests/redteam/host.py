"""What a sandbox takes of the host while it runs, and what it leaves: seen from the host."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import docker
from docker.errors import NotFound

SAMPLE_SECONDS: Final = 0.02
GONE_SECONDS: Final = 20.0
"""How long a container may take to be removed, on a machine that does other things too."""

_CGROUPS: Final = Path("/sys/fs/cgroup")
_SOCKSTAT: Final = Path("/proc/net/sockstat")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


@dataclass(slots=True)
class Peaks:
    """The most that was seen at once: bytes of memory, tasks, bytes in sockets of the kernel.

    The kernel counts the last over the whole host, and apart from the memory of a container.
    """

    memory: int = 0
    pids: int = 0
    sockets: int = 0
    samples: int = 0


class Resident:
    """One container, from before its job until after its end."""

    def __init__(self, engine: docker.APIClient, container: str) -> None:
        self.container = container
        self.peaks = Peaks()
        self._engine = engine
        self.information = engine.inspect_container(container)
        settings = json.loads(self.information["Config"]["Cmd"][0])
        self._uids = {settings["learner"], settings["suite"]}
        self._files = dict(_counters(self.information["State"]["Pid"]))
        self._sockets_before = _socket_bytes()
        self._sample()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample_often, daemon=True)
        self._thread.start()

    def stop_watching(self) -> None:
        """Take no more samples: the run is over."""
        self._over.set()
        self._thread.join()
        self._sample()

    def disks(self) -> list[Any]:
        """Everything of the host's disks that the container may write to."""
        read_only = self.information["HostConfig"]["ReadonlyRootfs"]
        mounts = [m for m in self.information["Mounts"] if m["Type"] != "tmpfs"]
        return mounts if read_only else ["/", *mounts]

    def traces(self) -> list[str]:
        """Everything that is still there of it: the container, processes, mounts. Waits a while."""
        deadline = time.monotonic() + GONE_SECONDS
        while (left := list(self._traces())) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left

    def _traces(self) -> Iterator[str]:
        try:
            self._engine.inspect_container(self.container)
            yield "the container"
        except NotFound:
            pass
        merged = self.information["GraphDriver"]["Data"]["MergedDir"]
        yield from (line for line in _mounts() if self.container in line or merged in line)
        yield from (f"process {pid}" for pid, uids in _processes() if uids & self._uids)

    def _sample_often(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            self._sample()

    def _sample(self) -> None:
        peaks = self.peaks
        try:
            peaks.memory = max(peaks.memory, int(self._files["memory"].read_text()))
            peaks.pids = max(peaks.pids, int(self._files["pids"].read_text()))
            peaks.samples += 1
        except OSError:
            pass  # its cgroup has gone with it
        peaks.sockets = max(peaks.sockets, _socket_bytes() - self._sockets_before)


def _counters(pid: int) -> Iterator[tuple[str, Path]]:
    """Yield the files that count a container's memory and tasks, of either version of cgroups."""
    names = {
        "memory": ("memory.peak", "memory.max_usage_in_bytes", "memory.current"),
        "pids": ("pids.peak", "pids.current"),
    }
    for line in Path(f"/proc/{pid}/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        for kind in names.keys() & (controllers.split(",") if controllers else names.keys()):
            folder = _CGROUPS / (kind if controllers else "") / path.lstrip("/")
            found = [folder / name for name in names[kind] if (folder / name).exists()]
            yield from ((kind, file) for file in found[:1])


def _socket_bytes() -> int:
    """Memory of all TCP and UDP sockets of this host (proc(5), /proc/net/sockstat)."""
    pages = re.findall(r"^(?:TCP|UDP):.* mem (\d+)", _SOCKSTAT.read_text(), re.MULTILINE)
    return sum(map(int, pages)) * _PAGE


def _mounts() -> list[str]:
    return Path("/proc/self/mountinfo").read_text().splitlines()


def _processes() -> Iterator[tuple[str, set[int]]]:
    """Yield each process of the host with its real, effective, saved and file system uid."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
        except OSError:
            continue  # it has ended
        line = re.search(r"^Uid:(.*)", status, re.MULTILINE)
        yield folder.name, set(map(int, line[1].split())) if line else set()
