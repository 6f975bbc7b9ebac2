"""Reads what the other modules judge. What can't be read is None: nobody is to guess."""

from __future__ import annotations

import ctypes
import grp
import gzip
import pwd
import shutil
import subprocess
import time
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sandbox.doctor.engine import Socket
from sandbox.doctor.versions import Package

PACKAGES: Final = {
    "runc": ("runc", "containerd.io"),
    "containerd": ("containerd", "containerd.io"),
    "docker engine": ("docker.io", "docker-ce", "moby-engine"),
}
"""The packages of Debian, Ubuntu and Docker that may hold each part."""

DOCUMENTATION: Final = Path("/usr/share/doc")
CHANGELOG_BYTES: Final = 64 * 1024
"""The newest entries of a changelog, which stand first."""

_TIME_ERROR: Final = 5
"""What adjtimex(2) returns for a clock that nothing synchronises."""


def versions(version: Mapping[str, Any]) -> dict[str, str]:
    """Return the versions that the engine's /version names, and the kernel's."""
    components = {c["Name"].lower(): c["Version"] for c in version.get("Components") or ()}
    return {
        "runc": components.get("runc", ""),
        "containerd": components.get("containerd", ""),
        "docker engine": str(version.get("Version", "")),
        "kernel": str(version.get("KernelVersion", "")),
    }


def package_of(part: str, version: str) -> Package | None:
    """Return the system's package that this very version of a part is from, where that shows."""
    for name in PACKAGES.get(part, ()):
        installed = _installed(name)
        if version and installed.rpartition(":")[2].startswith(version):
            return Package(name, installed, _changelog(name))
    return None


def _installed(package: str) -> str:
    command = ["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Version}", package]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    status, _, version = done.stdout.partition(" ")
    return version if status == "installed" else ""


def _changelog(package: str) -> str:
    for name in ("changelog.Debian.gz", "changelog.gz"):
        with (
            suppress(OSError, EOFError, zlib.error),
            gzip.open(DOCUMENTATION / package / name) as file,
        ):
            return file.read(CHANGELOG_BYTES).decode("utf-8", "replace")
    return ""


def socket_at(path: str) -> Socket | None:
    """Return who may open the socket at a path."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return Socket(
        path,
        status.st_mode & 0o777,
        _user(status.st_uid),
        _group(status.st_gid),
        frozenset(_members(status.st_gid)),
    )


def owner_of(path: Path) -> str | None:
    """Return the user that a file is of."""
    try:
        return _user(path.stat().st_uid)
    except OSError:
        return None


def text_of(path: str) -> str | None:
    """Return a small file's text without the end of the line."""
    try:
        return Path(path).read_text().strip()
    except OSError:
        return None


def free_bytes(path: str | Path) -> int | None:
    """Return the bytes that are free for users on the disk of a path."""
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return None


def engines_clock(info: Mapping[str, Any]) -> float | None:
    """Return the engine's time, in seconds since 1970."""
    text = str(info.get("SystemTime", ""))
    try:  # it has nanoseconds, which Python does not read
        return datetime.fromisoformat(text[:19] + "+00:00").timestamp()
    except ValueError:
        return None


def clock() -> float:
    """Return this machine's time, in seconds since 1970."""
    return time.time()


def clock_is_disciplined() -> bool | None:
    """Whether a time service holds the kernel's clock: adjtimex(2), which only asks here."""
    state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(256))
    return None if state < 0 else state != _TIME_ERROR


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _members(gid: int) -> Iterable[str]:
    yield from (user.pw_name for user in pwd.getpwall() if user.pw_gid == gid)
    with suppress(KeyError):
        yield from grp.getgrgid(gid).gr_mem


def _group(gid: int) -> str:
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)


def program() -> str:
    """Return the text of the program that tries the walls from inside."""
    return Path(__file__).with_name("program.py").read_text()
