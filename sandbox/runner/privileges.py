"""Becoming somebody else for good, and ending everything that somebody runs."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import signal
from collections.abc import Collection
from pathlib import Path
from typing import Final

from sandbox.runner.syscalls import learners_filter

LEARNER_PROCESSES: Final = 64
"""Tasks that the learner may have; well below the container's own limit."""

LEARNER_NICENESS: Final = 19
"""The lowest priority inside the sandbox: a fork bomb leaves the suite and PID 1 their time."""

LEARNER_FILE_BYTES: Final = 32 * 1024 * 1024
LEARNER_OPEN_FILES: Final = 256
OOM_FIRST: Final = 1000
"""The highest badness (proc(5), oom_score_adj): the kernel ends the learner before us."""

_RLIMIT_MSGQUEUE: Final = 12
"""Of Linux's bits/resource.h; the module `resource` lacks it."""

_MESSAGE_QUEUES: Final = Path("/dev/mqueue")

MASK: Final = 0o077
"""What nobody else may do with new files (umask(2))."""

NOBODY: Final = 65534
"""A uid that runs nothing in a sandbox."""

_PR_SET_DUMPABLE: Final = 4
_LIBC: Final = ctypes.CDLL(None, use_errno=True)


def fork() -> int:
    """Fork as `os.fork` does; in the child, undo what only PID 1 wants."""
    pid = os.fork()
    if pid == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        random.seed()
    return pid


def keep_descriptors(keep: Collection[int]) -> None:
    """Close every descriptor that is not in `keep`."""
    first = 0
    for fd in sorted(keep):
        if first < fd:  # CPython 3.13 takes closerange(0, 0) for all there are
            os.closerange(first, fd)
        first = fd + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))


def step_back() -> None:
    """Take the learner's priority. A spare does so at once, lest it hold up the one that serves."""
    os.nice(LEARNER_NICENESS)


def limit_learner(*, loopback: bool) -> None:
    """Set the learner's limits. To be called as root: they can only go down afterwards.

    `loopback` says whether TCP is allowed.
    """
    _limit(resource.RLIMIT_NPROC, LEARNER_PROCESSES)
    _limit(resource.RLIMIT_FSIZE, LEARNER_FILE_BYTES)
    _limit(resource.RLIMIT_NOFILE, LEARNER_OPEN_FILES)
    _limit(resource.RLIMIT_CORE, 0)
    _allow_no_message_queues()
    Path("/proc/self/oom_score_adj").write_text(str(OOM_FIRST))
    learners_filter(loopback=loopback).install()


def _allow_no_message_queues() -> None:
    """Set the limit to zero. gVisor has no such limit, but no file system of queues either, and
    the learner's filter refuses the call that makes one without."""
    try:
        _limit(_RLIMIT_MSGQUEUE, 0)
    except ValueError:
        if _MESSAGE_QUEUES.exists():
            raise


def become(uid: int) -> None:
    """Take on `uid`, and the gid of the same number, for good; all capabilities go with root.

    The process is undumpable afterwards: nobody but root may trace it or look into its memory.
    """
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.umask(MASK)


def make_dumpable() -> None:
    """Let this process read its own /proc entries, as an ordinary program can."""
    _LIBC.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)


def end_all(uid: int) -> None:
    """Kill every process of `uid` at once, children and daemons included. Root only.

    kill(2) with pid -1 reaches all whose real or saved uid is the caller's real or effective one,
    under one lock: a fork that is under way fails once its parent has the signal, so no fork bomb
    outruns it. Only the effective uid becomes `uid`, and the real one nobody's. So nothing of
    root's is reached, and the learner can neither signal PID 1 meanwhile nor trace it (ptrace(2)
    asks for all three). An init that is deaf to its own namespace (pid_namespaces(7)) would do
    for signals, but gVisor's is not.
    """
    os.setresuid(NOBODY, uid, 0)
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass
    finally:
        os.setresuid(0, 0, 0)


def runs_any(uid: int) -> bool:
    """Whether a process of `uid` is still there: one that was killed takes a moment to go, and
    counts, as a zombie, until it is waited for."""
    return bool(_processes_of(uid))


def runs_alone(uid: int, pid: int) -> bool:
    """Whether `pid` is the only process of `uid`, and has one thread."""
    if _processes_of(uid) != [str(pid)]:
        return False
    try:
        return "\nThreads:\t1\n" in Path(f"/proc/{pid}/status").read_text()
    except OSError:  # it has gone meanwhile
        return False


def _processes_of(uid: int) -> list[str]:
    return [entry.name for entry in os.scandir("/proc") if _owner(entry) == uid]


def _owner(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_uid if entry.name.isdigit() else -1
    except OSError:  # it has gone meanwhile
        return -1


def _limit(kind: int, value: int) -> None:
    resource.setrlimit(kind, (value, value))
