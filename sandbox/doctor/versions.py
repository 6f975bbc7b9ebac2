"""Versions of runc, containerd, the engine and the kernel, against known ways out of a container.

A distribution mends a fault in an old version and says so in its package's changelog, so an old
version alone is no proof. Where such a changelog can be read it is believed; else the operator is
told what is not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sandbox.doctor.findings import Finding, Status

Version = tuple[int, int, int, int]
"""Major, minor, patch, and the number of a release candidate (FINAL for a release)."""

FINAL: Final = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """A known fault: its CVE numbers, and the first good version of each branch, oldest first.

    A branch that is not listed is good when it is newer than all that are. `since` is the first
    version that has the fault.
    """

    names: tuple[str, ...]
    fixed: tuple[str, ...]
    what: str
    since: str = "0.0.0"


@dataclass(frozen=True, slots=True)
class Package:
    """What the system's packages say: name, version, and the text of the changelog."""

    name: str
    version: str
    changelog: str


FAULTS: Final[Mapping[str, tuple[Fault, ...]]] = {
    "runc": (
        # github.com/opencontainers/runc, advisory GHSA-xr7r-f8xq-vfvv
        Fault(("CVE-2024-21626",), ("1.1.12",), "a way out by a leaked descriptor"),
        # advisories GHSA-9493-h29p-rfm2, GHSA-qw9x-cqr3-wc7r, GHSA-cgrx-mc8f-2prm
        Fault(
            ("CVE-2025-31133", "CVE-2025-52565", "CVE-2025-52881"),
            ("1.2.8", "1.3.3", "1.4.0-rc.3"),
            "ways out by mounts that are swapped while a container starts",
        ),
    ),
    "containerd": (
        # github.com/containerd/containerd, release notes of 1.7.29, 2.0.7, 2.1.5, 2.2.0
        Fault(
            ("CVE-2024-25621",),
            ("1.7.29", "2.0.7", "2.1.5", "2.2.0"),
            "folders that every user of this machine can enter",
        ),
    ),
    "docker engine": (
        # github.com/moby/moby, advisory GHSA-rc4r-wh2q-q6c4
        Fault(("CVE-2022-36109",), ("20.10.18",), "groups that are not taken away"),
    ),
    "kernel": (
        # The stable kernels' change logs; the fault came with 5.8.
        Fault(
            ("CVE-2022-0847",),
            ("5.10.102", "5.15.25", "5.16.11"),
            "read-only files can be written (Dirty Pipe)",
            since="5.8.0",
        ),
    ),
}


def parse(text: str) -> Version | None:
    """Read the numbers that a version such as `1.4.0-rc.3+ds1` begins with; None without any."""
    match = re.match(r"v?(\d+)\.(\d+)(?:\.(\d+))?(?:[-~]?rc\.?(\d+))?", text)
    if match is None:
        return None
    major, minor, patch, candidate = match.groups()
    return int(major), int(minor), int(patch or 0), int(candidate or FINAL)


def has_fault(version: Version, fault: Fault) -> bool:
    """Whether a version as its makers released it has the fault."""
    first_good = [parsed for text in fault.fixed if (parsed := parse(text))]
    if version < (parse(fault.since) or version):
        return False
    for good in first_good:
        if version[:2] == good[:2]:
            return version < good
    return version < first_good[-1]


def judge(part: str, text: str, package: Package | None) -> Finding:
    """Judge one part of the engine by its version; `package` is what it was installed from."""
    version = parse(text)
    if version is None:
        told = f"its version {text!r} can't be read" if text else "its version is not told"
        names = ", ".join(name for fault in FAULTS[part] for name in fault.names)
        return Finding(part, Status.UNKNOWN, told, f"See that it is mended against {names}.")
    faults = [fault for fault in FAULTS[part] if has_fault(version, fault)]
    if not faults:
        return Finding(part, Status.OK, f"{text} has none of the faults that are known here")
    if package is None:
        return _unproved(part, text, faults)
    return _by_changelog(part, text, faults, package)


def _by_changelog(part: str, text: str, faults: list[Fault], package: Package) -> Finding:
    mended = {name for fault in faults for name in fault.names if name in package.changelog}
    left = [fault for fault in faults if not mended.issuperset(fault.names)]
    if left:
        return _unproved(part, text, left, package)
    return Finding(
        part,
        Status.OK,
        f"{text} is old, but the changelog of the package {package.name} {package.version} tells "
        f"of {', '.join(sorted(mended))}",
    )


def _unproved(part: str, text: str, faults: list[Fault], package: Package | None = None) -> Finding:
    told = "; ".join(
        f"{', '.join(fault.names)} ({fault.what}) wants {' or '.join(fault.fixed)}"
        for fault in faults
    )
    if package is None:
        unless = "unless your distribution has patched it, which can't be seen from here"
    elif package.changelog:
        unless = f"and the changelog of {package.name} {package.version} does not tell of a patch"
    else:
        unless = f"unless {package.name} {package.version} is patched: it has no changelog here"
    return Finding(
        part, Status.WARNING, f"{text} is older than wanted: {told}; {unless}", f"Update {part}."
    )
