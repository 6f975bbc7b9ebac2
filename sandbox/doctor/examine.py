"""Every check but for the walls, which are tried by a grading: they are the caller's."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sandbox.docker import DockerProvider
from sandbox.docker.runtimes import RUNTIME_SETTING
from sandbox.doctor import gather
from sandbox.doctor.engine import judge_info, judge_socket
from sandbox.doctor.findings import Finding, Status
from sandbox.doctor.host import (
    judge_clock,
    judge_core_pattern,
    judge_disk,
    judge_images,
    judge_memory,
)
from sandbox.doctor.versions import FAULTS, judge
from sandbox.environment import load_environments
from sandbox.errors import EngineUnavailable, EngineUnusable
from sandbox.images.tags import image_tag

START_ENGINE = "Start Docker, or set DOCKER_HOST to where it listens; docs/operating.md tells more."


def examine(instance: Path) -> Iterator[Finding]:
    """Check engine and host. `instance` is the folder of database and key."""
    try:
        provider = DockerProvider()
        about = provider.about()
    except (EngineUnavailable, EngineUnusable) as error:
        yield Finding("engine", Status.FAIL, str(error), START_ENGINE)
        yield from _host({}, instance)
        return
    yield Finding("engine", Status.OK, f"answers at {provider.socket}")
    yield from _versions(about["version"])
    yield from judge_info(about["info"], os.environ.get(RUNTIME_SETTING) or None)
    yield judge_socket(gather.socket_at(provider.socket), gather.owner_of(instance / "secret_key"))
    yield _images(about["tags"])
    yield from _host(about["info"], instance)


def _versions(version: Mapping[str, Any]) -> Iterator[Finding]:
    told = gather.versions(version)
    for part in FAULTS:
        yield judge(part, told[part], gather.package_of(part, told[part]))


def _images(tags: list[str]) -> Finding:
    wanted = {name: image_tag(e.image) for name, e in load_environments().items()}
    return judge_images(wanted, tags)


def _host(info: Mapping[str, Any], instance: Path) -> Iterator[Finding]:
    warm = sum(e.pool * e.memory_mb for e in load_environments().values())
    yield judge_memory(info.get("MemTotal"), warm)
    yield judge_disk("disk of the engine", *_free(info.get("DockerRootDir", "")))
    yield judge_disk("disk of the instance", *_free(str(instance)))
    yield judge_core_pattern(gather.text_of("/proc/sys/kernel/core_pattern"))
    yield judge_clock(gather.clock(), gather.engines_clock(info), gather.clock_is_disciplined())


def _free(path: str) -> tuple[str, int | None]:
    return (path, gather.free_bytes(path)) if path else ("a folder that is not told", None)
