"""The filter of system calls, installed for real in a child of this process."""

from __future__ import annotations

import json
import subprocess
import sys
from socket import AF_INET, AF_UNIX, SOCK_DGRAM, SOCK_STREAM
from typing import Any, Final

import pytest

from sandbox.runner.syscalls import Filter, NoFilter

CHILD: Final = """
import ctypes, errno, json, os, signal, socket, struct, subprocess, threading
from sandbox.runner.syscalls import Filter, NoFilter, learners_filter

libc = ctypes.CDLL(None, use_errno=True)
try:
    learners_filter(loopback=False)
except NoFilter as error:
    early = str(error)
libc.prctl(38, 1, 0, 0, 0)  # no-new-privileges, as the engine sets it
learners_filter(loopback=False).install()

def attempt(what, *arguments):
    try:
        what(*arguments)
        return "done"
    except OSError as error:
        return errno.errorcode[error.errno]

def called(number, *arguments):
    result = libc.syscall(number, *arguments)
    return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]

one = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0x7FFF0000))
program = struct.pack("HxxxxxxQ", 1, ctypes.addressof(one))

def attached(number):
    return attempt(socket.socketpair()[0].setsockopt, socket.SOL_SOCKET, number, program)

x86 = os.uname().machine == "x86_64"
families = ("AF_INET", "AF_INET6", "AF_VSOCK", "AF_NETLINK", "AF_PACKET", "AF_ALG")
found = {name: attempt(socket.socket, getattr(socket, name)) for name in families}
found["pair"] = attempt(socket.socketpair, socket.AF_UNIX)
found["unix"] = attempt(socket.socket, socket.AF_UNIX)
found["io_uring"] = called(425, 4, ctypes.create_string_buffer(120))
found["io_setup"] = called(206 if x86 else 0, 8, ctypes.byref(ctypes.c_ulong(0)))
found["shmget"] = called(29 if x86 else 194, 0, 4096, 0o1600)
found["semget"] = called(64 if x86 else 190, 0, 1, 0o1600)
found["msgget"] = called(68 if x86 else 186, 0, 0o1600)
found["mq_open"] = called(240 if x86 else 180, b"forged", 0o102, 0o600, None)
found["unshare"] = called(272 if x86 else 97, 0x10000000)
found["setns"] = called(308 if x86 else 268, os.open("/proc/self/ns/net", os.O_RDONLY), 0)
found["clone, user"] = called(56 if x86 else 220, 0x10000000 | 17, 0, 0, 0, 0)
found["clone, all"] = called(56 if x86 else 220, 0x7E020000 | 17, 0, 0, 0, 0)
found["clone3"] = called(435, ctypes.create_string_buffer(88), 88)
found["mount"] = called(165 if x86 else 40, b"none", b"/tmp", b"tmpfs", 0, None)
found["keyctl"] = called(250 if x86 else 219, 0, -3, 0)
found["syslog"] = called(103 if x86 else 116, 3, ctypes.create_string_buffer(9), 9)
found["bpf"] = called(321 if x86 else 280, 0, None, 0)
threads = [threading.Thread(target=found.__setitem__, args=("thread", "done"))]
[thread.start() or thread.join() for thread in threads]
found["program"] = subprocess.run(["/bin/true"]).returncode
found["seccomp"] = called(317 if x86 else 277, 1, 0, program)
found["prctl of filters"] = called(157 if x86 else 167, 22, 2, program, 0, 0)
for number in (26, 50, 51, 52):
    found[f"program in a socket, {number}"] = attached(number)
found["buffer"] = attempt(socket.socketpair()[0].setsockopt, 1, socket.SO_SNDBUF, 4096)
found["file"] = attempt(open, "/dev/null")
found["name"] = called(157 if x86 else 167, 15, b"learner", 0, 0, 0)  # PR_SET_NAME
found["fork"] = os.waitpid(os.fork() or os._exit(0), 0)[1]
other = os.fork() or signal.pause()
idle = os.sched_param(0)
for name, who in ("other", other), ("own", 0):
    found[f"priority, {name}"] = attempt(os.setpriority, os.PRIO_PROCESS, who, 19)
    found[f"scheduler, {name}"] = attempt(os.sched_setscheduler, who, os.SCHED_IDLE, idle)
    found[f"parameter, {name}"] = attempt(os.sched_setparam, who, idle)
    found[f"processor, {name}"] = attempt(os.sched_setaffinity, who, os.sched_getaffinity(0))
    found[f"attributes, {name}"] = called(314 if x86 else 274, who, None, 0)
    found[f"input and output, {name}"] = called(251 if x86 else 30, 1, who, 3 << 13)
os.kill(other, 9)
found["early"] = early
print(json.dumps(found))
"""

WIDER: Final = """
import ctypes, json, os, socket
from sandbox.runner.syscalls import Filter

ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
Filter(os.uname().machine, loopback=True).install()
made = []
for family in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        for protocol in (0, 6, 262):
            try:
                socket.socket(family, kind, protocol).close()
                made.append([family, kind, protocol])
            except OSError:
                pass
end = socket.socket(socket.AF_INET)
sizes = [end.getsockopt(socket.SOL_SOCKET, number) for number in (7, 8)]
for number in (7, 8):
    end.setsockopt(socket.SOL_SOCKET, number, 10_000)
same = sizes == [end.getsockopt(socket.SOL_SOCKET, number) for number in (7, 8)]
end.setsockopt(socket.IPPROTO_TCP, 7, 3)  # TCP_SYNCNT
end.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
others = end.getsockopt(socket.IPPROTO_TCP, 7), end.getsockopt(1, socket.SO_KEEPALIVE)
print(json.dumps([made, same, others]))
"""

OF_PROCESSES: Final = (
    "priority",
    "scheduler",
    "parameter",
    "processor",
    "attributes",
    "input and output",
)

REFUSED: Final = [
    "io_uring",
    "io_setup",
    "shmget",
    "semget",
    "msgget",
    "mq_open",
    "unshare",
    "setns",
    "clone, user",
    "clone, all",
    "mount",
    "keyctl",
    "syslog",
    "bpf",
    "seccomp",
    "prctl of filters",
    *(f"{what}, other" for what in OF_PROCESSES),
    *(f"program in a socket, {number}" for number in (26, 50, 51, 52)),
]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """What a filtered process could do."""
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_only_unix_sockets_can_be_made(found: dict[str, Any]) -> None:
    families = {name: said for name, said in found.items() if name.startswith("AF_")}
    assert set(families.values()) == {"EPERM"}, families
    assert (found["unix"], found["pair"]) == ("done", "done")


@pytest.mark.parametrize("call", REFUSED)
def test_calls_that_reach_past_the_walls_are_refused(found: dict[str, Any], call: str) -> None:
    assert found[call] == "EPERM"


def test_ordinary_calls_are_let_through(found: dict[str, Any]) -> None:
    calls = ("file", "buffer", "name", "thread", "fork", "program")
    assert [found[call] for call in calls] == ["done"] * 4 + [0] * 2
    assert [found[f"{what}, own"] for what in OF_PROCESSES] == [*["done"] * 4, "EINVAL", "done"]
    assert found["clone3"] == "ENOSYS", "the C library takes clone then"


def test_a_process_that_may_not_have_the_filter_learns_it_before_it_needs_it(
    found: dict[str, Any],
) -> None:
    assert found["early"] == "the sandbox was started without no-new-privileges"


def test_a_machine_whose_numbers_are_not_known_is_refused_by_name() -> None:
    with pytest.raises(NoFilter, match="known for mips64, but for x86_64, aarch64"):
        Filter("mips64")


@pytest.fixture(scope="module")
def wider() -> list[Any]:
    """The sockets made where there is a loopback; whether buffers stay as they are; two options."""
    done = subprocess.run([sys.executable, "-c", WIDER], capture_output=True, text=True, check=True)
    result: list[Any] = json.loads(done.stdout)
    return result


def test_where_there_is_a_loopback_tcp_can_be_made_and_nothing_else(wider: list[Any]) -> None:
    unix, tcp, stream, datagram = AF_UNIX, AF_INET, SOCK_STREAM, SOCK_DGRAM
    assert wider[0] == [[unix, stream, 0], [unix, datagram, 0], [tcp, stream, 0], [tcp, stream, 6]]


def test_where_there_is_a_loopback_buffers_stay_as_large_as_they_are(wider: list[Any]) -> None:
    assert wider[1:] == [True, [3, 1]]
