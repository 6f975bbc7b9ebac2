"""What the engine and the host tell of themselves, judged."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.doctor.engine import Socket, judge_info, judge_socket
from sandbox.doctor.findings import Finding, Status
from sandbox.doctor.host import (
    judge_clock,
    judge_core_pattern,
    judge_disk,
    judge_images,
    judge_memory,
)

INFO: dict[str, Any] = {
    "CgroupVersion": "2",
    "CgroupDriver": "systemd",
    "Driver": "overlay2",
    "SecurityOptions": ["name=seccomp,profile=builtin", "name=cgroupns"],
    "MemoryLimit": True,
    "SwapLimit": True,
    "PidsLimit": True,
    "CpuCfsQuota": True,
    "LiveRestoreEnabled": False,
    "Warnings": None,
    "DefaultRuntime": "runc",
    "Runtimes": {"runc": {"path": "runc"}, "runsc": {"path": "/usr/bin/runsc"}},
}
SOCKET = Socket("/run/docker.sock", 0o660, "root", "docker", frozenset({"worker"}))


def judged(wanted: str | None = None, **changes: Any) -> dict[str, Finding]:
    return {finding.check: finding for finding in judge_info(INFO | changes, wanted)}


def test_an_engine_as_it_should_be_gives_no_advice() -> None:
    for finding in judged().values():
        assert (finding.status, finding.advice) == (Status.OK, ""), finding


@pytest.mark.parametrize(
    ("check", "changes", "status", "words"),
    [
        ("cgroup", {"CgroupDriver": "none"}, Status.FAIL, "limits nothing"),
        ("storage", {"Driver": "vfs"}, Status.WARNING, "vfs"),
        ("seccomp", {"SecurityOptions": []}, Status.FAIL, "filters no system calls"),
        ("seccomp", {"SecurityOptions": ["name=seccomp,profile=unconfined"]}, Status.FAIL, "no"),
        ("seccomp", {"SecurityOptions": ["name=seccomp,profile=/a"]}, Status.WARNING, "your own"),
        ("limits", {"SwapLimit": False}, Status.WARNING, "can't limit swap"),
        ("limits", {"MemoryLimit": False}, Status.FAIL, "can't limit memory"),
        ("limits", {"PidsLimit": False}, Status.FAIL, "can't limit processes"),
        ("users", {"SecurityOptions": ["name=rootless"]}, Status.WARNING, "rootless"),
        ("users", {"SecurityOptions": ["name=userns"]}, Status.WARNING, "userns"),
        ("engine's warnings", {"Warnings": ["WARNING: odd"]}, Status.WARNING, "odd"),
        (
            "engine's warnings",
            {"Warnings": ["WARNING: API is accessible on http://0.0.0.0:2375"]},
            Status.FAIL,
            "2375",
        ),
    ],
)
def test_what_is_wrong_with_an_engine_is_found(
    check: str, changes: dict[str, Any], status: Status, words: str
) -> None:
    finding = judged(**changes)[check]
    assert finding.status is status
    assert words in finding.found
    assert finding.advice


def test_the_runtime_is_told_and_one_that_is_not_there_fails() -> None:
    assert "on the host's kernel" in judged()["runtime"].found
    assert "gVisor" in judged("runsc")["runtime"].found
    assert judged("kata")["runtime"].status is Status.FAIL


def test_who_may_open_the_socket_is_told() -> None:
    finding = judge_socket(SOCKET, web="web")
    assert finding.status is Status.OK
    assert "can be opened by root, worker" in finding.found


@pytest.mark.parametrize("web", ["root", "worker"])
def test_a_web_process_that_reaches_the_engine_is_a_warning(web: str) -> None:
    assert judge_socket(SOCKET, web).status is Status.WARNING


def test_members_of_a_group_that_has_no_right_do_not_reach_the_engine() -> None:
    closed = Socket("/run/docker.sock", 0o600, "root", "docker", frozenset({"web"}))
    assert judge_socket(closed, "web").status is Status.OK


def test_a_socket_for_everybody_fails() -> None:
    everybodys = Socket("/run/docker.sock", 0o666, "root", "docker", frozenset())
    assert judge_socket(everybodys, None).status is Status.FAIL
    assert judge_socket(None, None).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("finding", "status"),
    [
        (judge_core_pattern("core"), Status.OK),
        (judge_core_pattern("|/usr/share/apport/apport %p"), Status.WARNING),
        (judge_core_pattern(None), Status.UNKNOWN),
        (judge_disk("disk", "/x", 5 * 2**30), Status.OK),
        (judge_disk("disk", "/x", 2**30), Status.WARNING),
        (judge_disk("disk", "/x", 2**20), Status.FAIL),
        (judge_disk("disk", "/x", None), Status.UNKNOWN),
        (judge_clock(100.0, 101.0, True), Status.OK),
        (judge_clock(100.0, 160.0, True), Status.WARNING),
        (judge_clock(100.0, 100.0, False), Status.WARNING),
        (judge_clock(100.0, None, None), Status.UNKNOWN),
        (judge_images({"python": "a:1"}, ["a:1", "b:2"]), Status.OK),
        (judge_images({"python": "a:1", "postgres": "b:9"}, ["a:1"]), Status.FAIL),
        (judge_memory(2**33, 1280), Status.OK),
        (judge_memory(2**30, 1280), Status.WARNING),
        (judge_memory(None, 1280), Status.UNKNOWN),
    ],
)
def test_the_host_is_judged(finding: Finding, status: Status) -> None:
    assert finding.status is status
    assert bool(finding.advice) == (status in (Status.WARNING, Status.FAIL))
