"""What a program in a sandbox tells of the walls, judged."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from sandbox.docker import walls as docker_walls
from sandbox.doctor import walls
from sandbox.doctor.findings import Finding, Status
from sandbox.doctor.walls import judge_memory_wall, judge_walls
from sandbox.runner import privileges

SOUND: dict[str, dict[str, Any]] = {
    "rights": {
        "uid": [1_000_000] * 3,
        "capabilities": {"CapEff": "0000000000000000", "CapPrm": "0000000000000000"},
        "no_new_privileges": 1,
        "seccomp": "2",
        "become root": "EPERM",
    },
    "network": {"interfaces": ["lo"], "sockets": {"AF_INET": "EPERM", "AF_VSOCK": "EPERM"}},
    "others": {"met": 2, "first": [], "rest": []},
    "files": {"root_read_only": True, "writable": [], "set_user_id": [], "suite": "EACCES"},
    "kernel": {"writable": []},
    "processes": {"made": 63, "stopped": "EAGAIN"},
    "largest": {"bytes": 32 * 2**20, "stopped": "EFBIG"},
}


def judged(told: dict[str, Any]) -> dict[str, Finding]:
    return {finding.check.removeprefix("wall: "): finding for finding in judge_walls(told)}


def test_a_sandbox_as_it_should_be_is_ok_in_every_way() -> None:
    assert {finding.status for finding in judged(SOUND).values()} == {Status.OK}


@pytest.mark.parametrize(
    ("wall", "asked", "key", "value"),
    [
        ("network", "network", "interfaces", ["eth0", "lo"]),
        ("network", "network", "sockets", {"AF_INET": "done"}),
        ("root", "files", "root_read_only", False),
        ("root", "files", "writable", ["/etc"]),
        ("user", "rights", "uid", [0, 0, 0]),
        ("user", "rights", "uid", [1_000_000, 1_000_000, 0]),
        ("user", "rights", "become root", "done"),
        ("capabilities", "rights", "capabilities", {"CapEff": "00000000000000e0"}),
        ("capabilities", "rights", "capabilities", {}),
        ("no-new-privileges", "rights", "no_new_privileges", 0),
        ("seccomp", "rights", "seccomp", "0"),
        ("the runner, PID 1", "others", "first", ["traced"]),
        ("the runner, PID 1", "others", "first", ["its descriptors listed", "signalled"]),
        ("others' processes", "others", "rest", ["its memory read"]),
        ("the suite's folder", "files", "suite", "done"),
        ("the kernel's settings", "kernel", "writable", ["/proc/sys/kernel/hostname"]),
        ("set-uid programs", "files", "set_user_id", ["/bin/su"]),
        ("processes", "processes", "made", 200),
        ("processes", "processes", "stopped", "ENOMEM"),
        ("file size", "largest", "bytes", 2**26),
        ("file size", "largest", "stopped", "ENOSPC"),
    ],
)
def test_a_wall_that_is_down_fails_by_itself(wall: str, asked: str, key: str, value: Any) -> None:
    told = copy.deepcopy(SOUND)
    told[asked][key] = value
    findings = judged(told)
    assert [name for name, found in findings.items() if found.status is not Status.OK] == [wall]
    assert findings[wall].status is Status.FAIL
    assert findings[wall].advice


def test_what_is_seen_of_others_but_holds_no_secret_is_a_warning() -> None:
    told = copy.deepcopy(SOUND)
    told["others"]["rest"] = ["its descriptors listed", "its environment read"]
    assert judged(told)["others' processes"].status is Status.WARNING


def test_nothing_proved_is_unknown_and_never_ok() -> None:
    assert {finding.status for finding in judged({}).values()} == {Status.UNKNOWN}
    told = copy.deepcopy(SOUND)
    told["others"] = {"met": 0, "first": None, "rest": []}
    findings = judged(told)
    assert findings["others' processes"].status is Status.UNKNOWN
    assert findings["the runner, PID 1"].status is not Status.OK


@pytest.mark.parametrize("answer", [None, "text", 7, []])
def test_an_answer_of_the_wrong_kind_is_unknown(answer: Any) -> None:
    told = SOUND | {"rights": {**SOUND["rights"], "uid": answer}}
    assert judged(told)["user"].status is Status.UNKNOWN


def test_memory_is_judged_by_the_verdict() -> None:
    assert judge_memory_wall("out_of_memory", "").status is Status.OK
    for verdict in ("passed", "failed", "timeout", "judge_error"):
        assert judge_memory_wall(verdict, "why").status is Status.FAIL


def test_the_limits_that_are_expected_are_those_that_are_granted() -> None:
    assert walls.MOST_PROCESSES == privileges.LEARNER_PROCESSES
    assert walls.MOST_FILE_BYTES == privileges.LEARNER_FILE_BYTES
    uids = [docker_walls.new_identities().learner for _ in range(100)]
    assert min(uids) >= walls.FIRST_UID
