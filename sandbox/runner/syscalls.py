"""A filter of our own on the learner's system calls, on top of the engine's: seccomp(2).

The engine's default profile lets through what no exercise needs and what reaches past the walls:
sockets of other families than Unix (vsock leads to the hypervisor; what UDP and TCP sockets hold
counts for no cgroup of version 1), io_uring, contexts of asynchronous input and output (the whole
host has 65,536), System V objects and message queues (they outlive their process), and programs in
sockets and in filters like this one (the kernel compiles them into memory that all share).

A process may be given another priority or processor only by itself: Linux asks for the same user
anyhow, gVisor does not.

What makes a process root of a namespace of its own, keys, mounts and other ways into the kernel are
refused by that profile too. But gVisor does not apply it, and an operator may have another.

All of it is refused by EPERM, but for clone3, whose flags no filter can read: that it does not
exist (ENOSYS) has the C library take clone in its place.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

AF_UNIX: Final = 1
"""The family of the sockets that all learners may make."""

AF_INET: Final = 2
"""The family of those that learners may make besides where they have the loopback: TCP's alone,
since nothing bounds what UDP's hold. What TCP's hold is bounded (`sandbox.docker.walls`), so nobody
may ask for larger buffers; who does is told that it is done, as ordinary programs expect."""

_TYPES, _STREAM = 0xF, 1  # SOCK_TYPE_MASK, SOCK_STREAM (linux/net.h)
_TCP: Final = 6  # or 0, which stands for it
_SOL_SOCKET, _SO_SNDBUF, _SO_RCVBUF = 1, 7, 8

_SO_ATTACH: Final = (26, 50, 51, 52)
"""SO_ATTACH_FILTER, SO_ATTACH_BPF and their two for SO_REUSEPORT (asm-generic/socket.h)."""

_PR_SET_SECCOMP, _PR_GET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = 22, 39, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO
_MISSING: Final = 0x00050000 | errno.ENOSYS
_NOTHING: Final = 0x00050000  # is done, and the call says that it succeeded
_LOAD, _EQUAL, _AT_LEAST, _ANY_OF, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
# BPF_LD|W|ABS, JEQ, JGE, JSET, ALU|AND, RET
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND, _THIRD = 0, 4, 16, 24, 32  # offsets in struct seccomp_data
_NAMESPACES: Final = 0x7E020000
"""CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID and NET (linux/sched.h)."""

_CLONE3: Final = 435
_X32: Final = 0x40000000
_LIBC: Final = ctypes.CDLL(None, use_errno=True)

_Line = tuple[int, int, int, int]


class NoFilter(Exception):
    """This machine can't have the filter. Without it no learner's code is run."""


@dataclass(frozen=True, slots=True)
class _Machine:
    """An architecture (AUDIT_ARCH_…, linux/audit.h) and its numbers of the system calls."""

    architecture: int
    socket: int
    socketpair: int
    setsockopt: int
    prctl: int
    clone: int
    refused: tuple[int, ...]
    own: tuple[int, ...]
    own_of_kind: tuple[int, ...]


MACHINES: Final[Mapping[str, _Machine]] = {
    # refused: io_uring_setup, io_setup, shmget, semget, msgget, mq_open, seccomp;
    # unshare, setns, mount, umount2, pivot_root, open_by_handle_at, add_key, request_key, keyctl,
    # bpf, perf_event_open, userfaultfd, syslog;
    # for oneself alone: sched_setparam, sched_setscheduler, sched_setaffinity, sched_setattr;
    # setpriority, ioprio_set
    "x86_64": _Machine(
        0xC000003E, 41, 53, 54, 157, 56,
        (425, 206, 29, 64, 68, 240, 317,
         272, 308, 165, 166, 155, 304, 248, 249, 250, 321, 298, 323, 103),
        (142, 144, 203, 314), (141, 251),
    ),
    "aarch64": _Machine(
        0xC00000B7, 198, 199, 208, 167, 220,
        (425, 0, 194, 190, 186, 180, 277,
         97, 268, 40, 39, 41, 265, 217, 218, 219, 280, 241, 282, 116),
        (118, 119, 122, 274), (140, 30),
    ),
}  # fmt: skip
"""By uname(2)'s name. The numbers are of asm/unistd_64.h and asm-generic/unistd.h."""


class Filter:
    """The filter of one machine, made once and installed by each process of the learner's."""

    def __init__(self, machine: str, *, loopback: bool = False) -> None:
        """Raises NoFilter for a machine whose numbers are not known."""
        if machine not in MACHINES:
            known = ", ".join(MACHINES)
            raise NoFilter(f"no numbers of system calls are known for {machine}, but for {known}")
        code = program(MACHINES[machine], loopback=loopback)
        self._code = ctypes.create_string_buffer(code, len(code))
        self._header = struct.pack("HxxxxxxQ", len(code) // 8, ctypes.addressof(self._code))

    def install(self) -> None:
        """Install it in this process, for good; its children have it too.

        Raises NoFilter when the kernel refuses.
        """
        if _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, self._header) != 0:
            raise NoFilter(f"the kernel refused the filter: {os.strerror(ctypes.get_errno())}")


@functools.cache
def learners_filter(*, loopback: bool) -> Filter:
    """Return this machine's filter, and see that its kernel takes it. Raises NoFilter."""
    made = Filter(os.uname().machine, loopback=loopback)
    check_kernel()
    return made


def check_kernel() -> None:
    """See that `Filter.install` will succeed in this process's children. Raises NoFilter.

    A kernel that knows filters fails for the address, 0; one that doesn't fails earlier (prctl(2)).
    """
    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, None)
    if ctypes.get_errno() != errno.EFAULT:
        raise NoFilter("this kernel has no filters of system calls (CONFIG_SECCOMP_FILTER)")
    if _prctl(_PR_GET_NO_NEW_PRIVS, 0, None) != 1:
        raise NoFilter("the sandbox was started without no-new-privileges")


def program(machine: _Machine, *, loopback: bool = False) -> bytes:
    """Return the filter in classic BPF. Each jump counts the lines that it leaps over."""
    lines: list[_Line] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, machine.architecture),  # 32-bit calls have other numbers
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),  # and so have x32's
        (_RETURN, 0, 0, _REFUSE),
    ]
    for number in machine.refused:
        lines += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    if loopback:
        lines += _streams(machine.socket) + _same_buffers(machine.setsockopt)
    for number in (machine.socket, machine.socketpair):
        lines += _judge(number, _FIRST, [AF_UNIX], listed=_ALLOW, others=_REFUSE)
    for numbers, who in ((machine.own, _FIRST), (machine.own_of_kind, _SECOND)):
        for number in numbers:
            lines += _judge(number, who, [0], listed=_ALLOW, others=_REFUSE)
    lines += _judge(machine.setsockopt, _THIRD, _SO_ATTACH, listed=_REFUSE, others=_ALLOW)
    lines += _judge(machine.prctl, _FIRST, [_PR_SET_SECCOMP], listed=_REFUSE, others=_ALLOW)
    lines += [(_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _MISSING)]
    lines += [(_EQUAL, 0, 3, machine.clone), (_LOAD, 0, 0, _FIRST)]
    lines += [(_ANY_OF, 0, 1, _NAMESPACES), (_RETURN, 0, 0, _REFUSE)]
    lines.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def _streams(socket: int) -> list[_Line]:
    """Return lines that allow TCP's sockets, and leave all else to what follows, with the call's
    number loaded."""
    asked: list[_Line] = [
        (_LOAD, 0, 0, _FIRST),
        (_EQUAL, 0, 7, AF_INET),
        (_LOAD, 0, 0, _SECOND),
        (_AND, 0, 0, _TYPES),
        (_EQUAL, 0, 4, _STREAM),
        (_LOAD, 0, 0, _THIRD),
        (_EQUAL, 1, 0, 0),
        (_EQUAL, 0, 1, _TCP),
        (_RETURN, 0, 0, _ALLOW),
        (_LOAD, 0, 0, _NUMBER),
    ]
    return [(_EQUAL, 0, len(asked), socket), *asked]


def _same_buffers(setsockopt: int) -> list[_Line]:
    """Return lines that leave the size of a socket's buffers as it is, and all else to what
    follows, with the call's number loaded."""
    asked: list[_Line] = [
        (_LOAD, 0, 0, _SECOND),
        (_EQUAL, 0, 4, _SOL_SOCKET),
        (_LOAD, 0, 0, _THIRD),
        (_EQUAL, 1, 0, _SO_SNDBUF),
        (_EQUAL, 0, 1, _SO_RCVBUF),
        (_RETURN, 0, 0, _NOTHING),
        (_LOAD, 0, 0, _NUMBER),
    ]
    return [(_EQUAL, 0, len(asked), setsockopt), *asked]


def _judge(
    number: int, argument: int, values: Collection[int], *, listed: int, others: int
) -> list[_Line]:
    """Return lines that decide on call `number` by whether an argument is one of `values`."""
    compared = [
        line for value in values for line in ((_EQUAL, 0, 1, value), (_RETURN, 0, 0, listed))
    ]
    decided = [(_LOAD, 0, 0, argument), *compared, (_RETURN, 0, 0, others)]
    return [(_EQUAL, 0, len(decided), number), *decided]


def _prctl(option: int, second: int, third: bytes | None) -> int:
    ctypes.set_errno(0)
    result: int = _LIBC.prctl(option, second, third, 0, 0)
    return result
