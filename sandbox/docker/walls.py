"""The walls around a sandbox, as the engine's options. docs/architecture.md lists them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import docker
from docker.types import HostConfig, LogConfig, Ulimit

from sandbox.environment import Environment

OWNER_LABEL: Final = "backyard.owner"

CAPABILITIES: Final = ("SETUID", "SETGID", "KILL")
"""What the runner needs to become the learner and the suite, and to end them."""

LEARNER_MB: Final = 48
"""MiB of the learner's directory, and of their /tmp."""

SUITE_MB: Final = 24
"""MiB of the suite's directory."""

SHARED_MEMORY_MB: Final = 8
"""MiB of /dev/shm, which PostgreSQL needs a little of."""

TCP_BUFFER: Final = 32 * 1024
"""Bytes that a TCP socket's buffer grows to. Control groups of version 1 count none of them (runc
sets no limit for them since 1.0), so the runner counts the sockets (`sandbox.runner.sockets`)."""

_FIRST_UID: Final = 1_000_000
_LAST_UID: Final = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Costs:
    """What a runtime itself takes out of a sandbox's limits: tasks of the host's for each task
    inside, and MiB of memory."""

    tasks: int = 1
    memory_mb: int = 0


GVISOR: Final = Costs(tasks=6, memory_mb=128)
"""A rough bound for runsc of 2022-12-19 on ptrace. With 256 tasks a sandbox ended at between 30 and
40 forks, with 512 it had all 64. The memory is a guess: a warm `python` sandbox took 115 MiB."""


@dataclass(frozen=True, slots=True)
class Identities:
    """The two uids of one sandbox (each is its own gid). No two sandboxes share them.

    The kernel counts a uid's processes over the whole host (setrlimit(2), RLIMIT_NPROC), so a
    shared one would let one learner's fork bomb starve the others.
    """

    learner: int
    suite: int


def new_identities() -> Identities:
    """Return a fresh pair, at random, far above any account of the host."""
    base = _FIRST_UID + 2 * secrets.randbelow((_LAST_UID - _FIRST_UID) // 2)
    return Identities(learner=base, suite=base + 1)


def host_config(
    api: docker.APIClient,
    environment: Environment,
    identities: Identities,
    runtime: str | None,
    costs: Costs,
) -> HostConfig:
    """Return the engine's HostConfig for one sandbox. `costs` come on top of its limits."""
    memory = f"{environment.memory_mb + costs.memory_mb}m"
    return api.create_host_config(
        auto_remove=True,
        cap_add=list(CAPABILITIES),
        cap_drop=["ALL"],
        ipc_mode="private",
        log_config=LogConfig(type="none"),
        mem_limit=memory,
        memswap_limit=memory,
        nano_cpus=round(environment.cpus * 1e9),
        network_mode="none",
        pids_limit=environment.pids * costs.tasks,
        read_only=True,
        runtime=runtime,
        security_opt=["no-new-privileges"],
        shm_size=f"{SHARED_MEMORY_MB}m",
        sysctls=_small_buffers() if environment.loopback and costs is not GVISOR else None,
        tmpfs=dict(_tmpfs(environment, identities)),
        ulimits=[Ulimit(name="core", soft=0, hard=0)],
    )


def _small_buffers() -> dict[str, str]:
    """The least, the usual and the most of what a socket's buffers hold (tcp(7)). gVisor's are in
    memory of its own."""
    sizes = f"4096 16384 {TCP_BUFFER}"
    return {"net.ipv4.tcp_rmem": sizes, "net.ipv4.tcp_wmem": sizes}


def _tmpfs(environment: Environment, identities: Identities) -> Mapping[str, str]:
    return {
        "/learner": _mount(LEARNER_MB, identities.learner),
        "/tmp": _mount(LEARNER_MB, identities.learner),
        "/suite": _mount(SUITE_MB, identities.suite),
        **{m.path: _mount(m.size_mb, m.uid, m.mode) for m in environment.mounts},
    }


def _mount(size_mb: int, uid: int, mode: str = "0700") -> str:
    return f"size={size_mb}m,mode={mode},uid={uid},gid={uid},noexec,nosuid,nodev"
