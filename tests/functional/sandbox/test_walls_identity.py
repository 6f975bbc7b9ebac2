"""Who the learner's code is in a sandbox, and what it may become: seen from inside."""

from __future__ import annotations

from typing import Any

import docker
import pytest

from sandbox.docker.provider import DockerSandbox
from sandbox.environment import load_environments
from sandbox.pool import Pool
from sandbox.runner.privileges import (
    LEARNER_FILE_BYTES,
    LEARNER_NICENESS,
    LEARNER_OPEN_FILES,
    LEARNER_PROCESSES,
)
from tests.functional.probes import answered, grade, inside, probe, telling

RUNNERS_CAPABILITIES = 1 << 5 | 1 << 6 | 1 << 7
"""CAP_KILL, CAP_SETGID and CAP_SETUID of capabilities(7)."""

TELLS = """
status = Path("/proc/self/status").read_text().splitlines()
fields = {line.partition(":")[0]: line.partition(":")[2].split() for line in status}
kept = ("Cap", "Uid", "Gid", "Groups", "NoNewPrivs", "Seccomp")
limits = ["NPROC", "FSIZE", "NOFILE", "CORE"]
return {
    "status": {name: words for name, words in fields.items() if name.startswith(kept)},
    "badness": Path("/proc/self/oom_score_adj").read_text().strip(),
    "niceness": os.nice(0),
    "limits": {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}")) for name in limits},
    "session": os.getsid(0) == os.getpid(),
    "directory": [os.getcwd(), sorted(os.listdir())],
    "environment": sorted(os.environ),
    "host": socket.gethostname(),
}
"""

TRIES = """
me = os.getuid()
return {
    "setuid(0)": attempt(os.setuid, 0),
    "setresuid(suite)": attempt(os.setresuid, me + 1, me + 1, me + 1),
    "setresuid(postgres)": attempt(os.setresuid, 70, 70, 70),
    "setgid(0)": attempt(os.setgid, 0),
    "setgroups": attempt(os.setgroups, [0]),
    "more processes": attempt(resource.setrlimit, resource.RLIMIT_NPROC, (10_000, 10_000)),
    "larger files": attempt(resource.setrlimit, resource.RLIMIT_FSIZE, (-1, -1)),
    "chroot": attempt(os.chroot, "/learner"),
    "unshare user": attempt(os.unshare, os.CLONE_NEWUSER),
    "unshare net": attempt(os.unshare, os.CLONE_NEWNET),
    "mknod": attempt(os.mknod, "/learner/disk", 0o600 | stat.S_IFBLK, os.makedev(8, 0)),
    "nice": attempt(os.nice, -5),
    "priority": attempt(os.sched_setscheduler, 0, os.SCHED_FIFO, os.sched_param(1)),
    "hostname": attempt(socket.sethostname, "mine"),
    "clock": attempt(time.clock_settime, time.CLOCK_REALTIME, 0.0),
}
"""

SYSTEM_CALLS = """
libc = ctypes.CDLL(None, use_errno=True)
def refused(number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(number, *arguments)
    return errno.errorcode.get(ctypes.get_errno()) if result == -1 else result
return {
    "mount": refused(165, b"none", b"/learner", b"tmpfs", 0, None),
    "ptrace(1)": refused(101, 16, 1, 0, 0),
    "keyctl": refused(250, 0, -3, 0),
    "bpf": refused(321, 0, None, 0),
    "userfaultfd": refused(323, 0),
    "kexec_load": refused(246, 0, 0, None, 0),
    "init_module": refused(175, None, 0, b""),
    "reboot": refused(169, 0xFEE1DEAD, 672274793, 0x1234567, 0),
    "open_by_handle_at": refused(304, -1, None, 0),
    "perf_event_open": refused(298, None, 0, -1, -1, 0),
}
"""


@pytest.fixture(scope="module", params=["python", "postgres"])
def found(pool: Pool, request: pytest.FixtureRequest) -> Any:
    """What the learner's process says of itself, in each environment."""
    return inside(pool, TELLS, request.param)


def test_it_is_a_user_of_no_other_sandbox_and_in_no_group(found: Any) -> None:
    [uid] = set(found["status"]["Uid"])
    assert set(found["status"]["Gid"]) == {uid}
    assert int(uid) >= 1_000_000
    assert found["status"]["Groups"] == []


def test_it_has_no_capability(found: Any) -> None:
    for kind in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
        assert int(found["status"][kind][0], 16) == 0, kind


def test_all_that_could_ever_be_had_are_the_runners_three_capabilities(found: Any) -> None:
    assert int(found["status"]["CapBnd"][0], 16) == RUNNERS_CAPABILITIES


def test_it_gains_no_privilege_and_its_system_calls_are_filtered(found: Any) -> None:
    assert found["status"]["NoNewPrivs"] == ["1"]
    assert found["status"]["Seccomp"] == ["2"]


def test_the_kernel_ends_it_first_when_memory_is_short(found: Any) -> None:
    assert found["badness"] == "1000"


def test_everybody_else_in_the_sandbox_goes_before_it(found: Any) -> None:
    assert found["niceness"] == LEARNER_NICENESS


def test_its_own_limits_stand(found: Any) -> None:
    assert found["limits"] == {
        "NPROC": [LEARNER_PROCESSES] * 2,
        "FSIZE": [LEARNER_FILE_BYTES] * 2,
        "NOFILE": [LEARNER_OPEN_FILES] * 2,
        "CORE": [0, 0],
    }


def test_it_starts_in_a_folder_of_its_own_with_its_files_alone(found: Any) -> None:
    assert found["directory"] == ["/learner/work", ["app.py"]]
    assert found["session"]
    assert found["host"] == "sandbox"


def test_its_environment_tells_nothing_of_the_runners(found: Any) -> None:
    assert set(found["environment"]) <= {"DATABASE_URL", "HOME", "LANG", "PATH", "TMPDIR"}


def test_it_can_become_nobody_else_and_raise_no_limit(pool: Pool) -> None:
    found = inside(pool, TRIES)
    assert {what: error for what, error in found.items() if error not in ("EPERM", "EACCES")} == {
        "more processes": "ValueError",  # what CPython makes of EPERM here
        "larger files": "ValueError",
    }


def test_system_calls_that_broke_out_of_sandboxes_are_refused(pool: Pool) -> None:
    found = inside(pool, SYSTEM_CALLS)
    assert set(found.values()) <= {"EPERM", "ENOSYS", "EACCES"}, found


def test_no_two_sandboxes_share_a_user(pool: Pool) -> None:
    uids = [inside(pool, "return os.getuid()") for _ in range(3)]
    pairs = {uid for learner in uids for uid in (learner, learner + 1)}
    assert len(pairs) == 6, "a learner's uid, or a suite's, came twice"


def test_processes_are_limited_and_the_suite_can_still_work(pool: Pool) -> None:
    body = """
    children = 0
    try:
        while (pid := os.fork()) > 0:
            children += 1
    except BlockingIOError:
        return children
    time.sleep(60)
    """
    patient = probe(seconds=30, test_seconds=20)
    assert answered(grade(pool, telling(body), patient)) == [LEARNER_PROCESSES - 1]


def test_the_engine_was_asked_for_every_wall(pool: Pool, engine: docker.APIClient) -> None:
    for name, environment in load_environments().items():
        sandbox = pool.take(name)
        assert isinstance(sandbox, DockerSandbox)
        host = engine.inspect_container(sandbox.container)["HostConfig"]
        pool.discard(sandbox)
        assert host["Memory"] == host["MemorySwap"] == environment.memory_mb * 2**20
        assert host["PidsLimit"] == environment.pids
        assert host["NanoCpus"] == environment.cpus * 1e9
        assert host["NetworkMode"] == "none"
        assert host["ReadonlyRootfs"] is True
        assert host["Privileged"] is False
        assert host["CapDrop"] == ["ALL"]
        assert sorted(c.removeprefix("CAP_") for c in host["CapAdd"]) == [
            "KILL",
            "SETGID",
            "SETUID",
        ]
        assert host["SecurityOpt"] == ["no-new-privileges"], "nothing loosens the default filter"
        assert host["IpcMode"] == "private"
        assert host["LogConfig"]["Type"] == "none"
        assert host["Binds"] is None
        assert host["Mounts"] is None if "Mounts" in host else True
        assert host["Devices"] in (None, [])
        assert all("size=" in options for options in host["Tmpfs"].values())
