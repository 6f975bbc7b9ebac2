"""What `backyard doctor` hands in as a learner: it tries the walls from inside and tells in JSON.

It is a submission, and no part of what runs on the host: nothing imports it. Standard library only.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import signal
import socket
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

OWN = ("/dev/mqueue", "/dev/shm", "/learner", "/tmp")
SHOWN = 5
MOST_PROCESSES = 200
MOST_BYTES = 40 * 2**20
LIBC = ctypes.CDLL(None, use_errno=True)


def attempt(what: Callable[..., object], *arguments: object) -> str:
    """Return the name of the error that a call raises, or `done`."""
    try:
        what(*arguments)
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, repr(error))
    return "done"


def traced(pid: int) -> str:
    """Try to attach to a process: ptrace(2), PTRACE_SEIZE, which stops nothing."""
    ctypes.set_errno(0)
    if LIBC.ptrace(0x4206, pid, 0, 0) == 0:
        LIBC.ptrace(17, pid, 0, 0)
        return "done"
    return errno.errorcode.get(ctypes.get_errno(), "?")


def rights() -> dict[str, Any]:
    """Tell who this process is and what it may become."""
    lines = Path("/proc/self/status").read_text().splitlines()
    fields = {line.partition(":")[0]: line.partition(":")[2].split() for line in lines}
    kept = {name: fields[name][0] for name in fields if name.startswith("Cap")}
    return {
        "uid": os.getresuid(),
        "capabilities": {name: kept[name] for name in sorted(kept) if name != "CapBnd"},
        "no_new_privileges": LIBC.prctl(39, 0, 0, 0, 0),
        "seccomp": fields.get("Seccomp", [""])[0],
        "become root": attempt(os.setuid, 0),
    }


def network() -> dict[str, Any]:
    """Tell which interfaces there are, and which sockets can be made."""
    families = ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK")
    made = {name: attempt(socket.socket, getattr(socket, name)) for name in families}
    return {
        "interfaces": sorted(path.name for path in Path("/sys/class/net").iterdir()),
        "sockets": made,
    }


def owner(pid: int) -> int:
    """Return a process's uid; -1 when it has gone."""
    try:
        return Path(f"/proc/{pid}").stat().st_uid
    except OSError:
        return -1


def open_one(folder: Path) -> None:
    """Open one of another's descriptors, but for what anybody may open: /dev/null, and the file in
    memory that holds this program. Raises PermissionError when none can be."""
    for path in folder.iterdir():
        harmless = str(path.readlink()).startswith(("/dev/null", "/memfd:files"))
        if not harmless and attempt(os.open, path, os.O_RDWR | os.O_NONBLOCK) == "done":
            return
    raise PermissionError(errno.EPERM, "none")


def succeeded(pid: int) -> Iterator[str]:
    """Name what can be done to another's process."""
    own = Path(f"/proc/{pid}")
    tries: dict[str, tuple[Callable[..., object], *tuple[object, ...]]] = {
        "its memory read": (open, own / "mem", "rb"),
        "its environment read": (lambda: (own / "environ").read_bytes(),),
        "its program found": (os.readlink, own / "exe"),
        "its descriptors listed": (os.listdir, own / "fd"),
        "its descriptors opened": (open_one, own / "fd"),
        "signalled": (os.kill, pid, 0),
    }
    yield from (name for name, call in tries.items() if attempt(*call) == "done")
    if traced(pid) == "done":
        yield "traced"


def others() -> dict[str, Any]:
    """Tell what can be done to processes of other users."""
    me = os.getuid()
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    foreign = [pid for pid in pids if owner(pid) not in (me, -1)]
    found = {pid: list(succeeded(pid)) for pid in foreign}
    return {"met": len(foreign), "first": found.get(1), "rest": _others_of(found)}


def _others_of(found: dict[int, list[str]]) -> list[str]:
    return sorted({what for pid, done in found.items() for what in done if pid != 1})


def walk(*skipped: str) -> Iterator[Path]:
    """Name every file and folder but for those below the folders that are skipped."""
    for name, folders, files in os.walk("/"):
        top = Path(name)
        folders[:] = [folder for folder in folders if str(top / folder) not in skipped]
        yield top
        yield from (top / file for file in files)


def files() -> dict[str, Any]:
    """Tell what can be written, entered and run with another's rights."""
    writable, risen = [], []
    for path in walk("/proc", "/sys", *OWN):
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode) and mode & (stat.S_ISUID | stat.S_ISGID):
            risen.append(str(path))
        if (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) and os.access(path, os.W_OK):
            writable.append(str(path))
    mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    root = next(words[3].split(",") for words in reversed(mounts) if words[1] == "/")
    return {
        "root_read_only": "ro" in root,
        "writable": writable[:SHOWN],
        "set_user_id": risen[:SHOWN],
        "suite": attempt(os.listdir, "/suite"),
    }


def kernel() -> dict[str, Any]:
    """Tell which of the kernel's settings can be written."""
    tops = ("/proc/sys", "/sys")
    found = [
        f"{top}/{file}" for where in tops for top, _, files in os.walk(where) for file in files
    ]
    writable = [path for path in found if os.access(path, os.W_OK)]
    opened = [path for path in writable if attempt(os.open, path, os.O_WRONLY) == "done"]
    trigger = attempt(os.open, "/proc/sysrq-trigger", os.O_WRONLY)
    return {"writable": [*opened[:SHOWN], *(["/proc/sysrq-trigger"] if trigger == "done" else [])]}


def processes() -> dict[str, Any]:
    """Tell how many processes there can be, and end them."""
    children: list[int] = []
    stopped = ""
    try:
        while len(children) < MOST_PROCESSES:  # small ones: they are not to run out of memory
            children.append(os.posix_spawn("/bin/sleep", ["sleep", "30"], {}))
    except OSError as error:
        stopped = errno.errorcode.get(error.errno or 0, "?")
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    for pid in children:
        os.waitpid(pid, 0)
    return {"made": len(children), "stopped": stopped}


def largest() -> dict[str, Any]:
    """Tell how large a file may be, and remove it."""
    path = Path("/tmp/large")
    stopped, size = "", 0
    try:
        with path.open("wb", buffering=0) as file:
            while size < MOST_BYTES:
                size += file.write(b"x" * 2**20)
    except OSError as error:
        stopped = errno.errorcode.get(error.errno or 0, "?")
    path.unlink()
    return {"bytes": size, "stopped": stopped}


def memory() -> dict[str, Any]:
    """Take memory until something happens. Two GiB are more than any sandbox has."""
    taken = [bytes([1]) * (8 * 2**20) for _ in range(256)]
    return {"taken": sum(map(len, taken))}


TRIES = (rights, network, others, files, kernel, processes, largest, memory)


def app(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    """Answer /NAME with what the try of that name tells."""
    [wanted] = [found for found in TRIES if f"/{found.__name__}" == environ["PATH_INFO"]]
    body = json.dumps(wanted()).encode()
    start("200 OK", [("Content-Type", "application/json")])
    return [body]
