"""What the engine says of itself: Docker Engine API, "Get system information"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.docker.runtimes import UnknownRuntime, choose
from sandbox.doctor.findings import Finding, Status

LIMITS: Final = {
    "MemoryLimit": "memory",
    "SwapLimit": "swap",
    "PidsLimit": "processes",
    "CpuCfsQuota": "CPU time",
}
"""Fields of /info that say whether the kernel can hold a limit."""


@dataclass(frozen=True, slots=True)
class Socket:
    """Who may open the engine's socket. `members` of its group include those whose first it is."""

    path: str
    mode: int
    owner: str
    group: str
    members: frozenset[str]


def judge_info(info: Mapping[str, Any], wanted: str | None) -> Iterator[Finding]:
    """Judge what /info tells. `wanted` is the runtime that the setting names, if any."""
    yield _runtime(info, wanted)
    yield _cgroup(info)
    yield _storage(info)
    yield _seccomp(info)
    yield _limits(info)
    yield _users(info)
    yield _own_warnings(info)


def judge_socket(socket: Socket | None, web: str | None) -> Finding:
    """Judge who reaches the engine. `web` is the user of the web process, if that is known.

    Who opens the socket is root on the host (docs.docker.com, "Docker daemon attack surface").
    """
    if socket is None:
        return Finding("engine's socket", Status.UNKNOWN, "its file can't be looked at")
    allowed = {"root", socket.owner} | (socket.members if socket.mode & 0o060 else frozenset())
    who = f"{socket.path} can be opened by {', '.join(sorted(allowed))}"
    if socket.mode & 0o006:
        return Finding(
            "engine's socket",
            Status.FAIL,
            f"{socket.path} can be opened by everybody, who is root by it",
            f"Run `chmod o-rw {socket.path}`.",
        )
    if web in allowed:
        return Finding(
            "engine's socket",
            Status.WARNING,
            f"{who}; the user of the web process, {web}, is one of them",
            "Run web and worker as two users (docs/operating.md, Two users for web and worker).",
        )
    return Finding("engine's socket", Status.OK, who)


def _runtime(info: Mapping[str, Any], wanted: str | None) -> Finding:
    try:
        runtime = choose(wanted, info)
    except UnknownRuntime as error:
        return Finding("runtime", Status.FAIL, str(error), "Mend the setting, or add the runtime.")
    kind = "gVisor, with a kernel of its own" if runtime.is_gvisor else "on the host's kernel"
    return Finding("runtime", Status.OK, f"{runtime.name or 'not named'}: {kind}")


def _cgroup(info: Mapping[str, Any]) -> Finding:
    version, driver = info.get("CgroupVersion", ""), info.get("CgroupDriver", "")
    if driver in ("", "none"):
        return Finding(
            "cgroup", Status.FAIL, "the engine limits nothing", "Let the engine use cgroups."
        )
    return Finding("cgroup", Status.OK, f"version {version or 'not told'}, driver {driver}")


def _storage(info: Mapping[str, Any]) -> Finding:
    driver = str(info.get("Driver", ""))
    if driver in ("overlay2", "overlayfs"):
        return Finding("storage", Status.OK, driver)
    advice = "Use overlay2: others copy or fill the disk for each sandbox."
    return Finding("storage", Status.WARNING, driver or "not told", advice)


def _seccomp(info: Mapping[str, Any]) -> Finding:
    options = [str(option) for option in info.get("SecurityOptions") or ()]
    [profile, *_] = [option for option in options if "name=seccomp" in option] or [""]
    if not profile or "unconfined" in profile:
        told = "the engine filters no system calls"
        return Finding("seccomp", Status.FAIL, told, "Use a kernel and an engine with seccomp.")
    if "profile=default" in profile or "profile=builtin" in profile:
        return Finding("seccomp", Status.OK, "the engine's default profile")
    told = f"a profile of your own ({profile})"
    return Finding("seccomp", Status.WARNING, told, "See that it refuses what the default does.")


def _limits(info: Mapping[str, Any]) -> Finding:
    lacking = [name for field, name in LIMITS.items() if not info.get(field)]
    if not lacking:
        return Finding("limits", Status.OK, f"{', '.join(LIMITS.values())} can be limited")
    fatal = {"memory", "processes"} & set(lacking)
    return Finding(
        "limits",
        Status.FAIL if fatal else Status.WARNING,
        f"the kernel can't limit {', '.join(lacking)}",
        "Switch the controllers on (for swap: `swapaccount=1` on the kernel's command line).",
    )


def _users(info: Mapping[str, Any]) -> Finding:
    options = " ".join(str(option) for option in info.get("SecurityOptions") or ())
    mapped = [name for name in ("rootless", "userns") if f"name={name}" in options]
    live = "on" if info.get("LiveRestoreEnabled") else "off"
    if not mapped:
        return Finding("users", Status.OK, f"not mapped; live restore is {live}")
    return Finding(
        "users",
        Status.WARNING,
        f"mapped ({', '.join(mapped)}); live restore is {live}",
        "Sandboxes take uids from one million to two thousand million: the map must hold them.",
    )


def _own_warnings(info: Mapping[str, Any]) -> Finding:
    warnings = [str(line).removeprefix("WARNING: ") for line in info.get("Warnings") or ()]
    if not warnings:
        return Finding("engine's warnings", Status.OK, "none")
    status = Status.FAIL if any("API is accessible" in line for line in warnings) else None
    return Finding(
        "engine's warnings",
        status or Status.WARNING,
        "; ".join(warnings),
        "Docker's documentation explains each.",
    )
