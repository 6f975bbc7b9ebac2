"""The learner's code against everybody else: processes, files, network, memory, descriptors."""

from __future__ import annotations

import signal

import pytest

from sandbox.docker.walls import LEARNER_MB, SHARED_MEMORY_MB
from sandbox.pool import Pool
from sandbox.runner.privileges import LEARNER_FILE_BYTES
from tests.functional.probes import answered, grade, inside, probe, telling

ATTACKS = """
FILES = ("mem", "environ", "maps", "auxv", "task/../mem")
mine = os.getuid()
libc = ctypes.CDLL(None, use_errno=True)

def traced(pid):
    ctypes.set_errno(0)
    return errno.errorcode.get(ctypes.get_errno()) if libc.ptrace(16, pid, 0, 0) == -1 else "traced"

def peeked(pid):
    "process_vm_readv(2) of one byte"
    buffer = ctypes.create_string_buffer(1)
    local = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 1)
    remote = (ctypes.c_void_p * 2)(0x400000, 1)
    ctypes.set_errno(0)
    done = libc.syscall(310, pid, local, 1, remote, 1, 0)
    return errno.errorcode.get(ctypes.get_errno()) if done == -1 else "read"

def attacks(pid):
    own = Path(f"/proc/{pid}")
    yield from ((name, attempt(open, own / name, "rb")) for name in FILES)
    yield from ((name, attempt(os.listdir, own / name)) for name in ("fd", "map_files", "cwd/."))
    yield from ((name, attempt(os.readlink, own / name)) for name in ("exe", "root", "ns/net"))
    yield from ((f"signal {n}", attempt(os.kill, pid, n)) for n in (0, 9, 15, 19))
    yield "pidfd", attempt(lambda: signal.pidfd_send_signal(os.pidfd_open(pid), 9))
    yield "badness", attempt((own / "oom_score_adj").write_text, "1000")
    yield "ptrace", traced(pid)
    yield "process_vm_readv", peeked(pid)
    yield "priority", attempt(os.setpriority, os.PRIO_PROCESS, pid, 19)
    yield "affinity", attempt(os.sched_setaffinity, pid, [0])
    yield "limits", attempt(resource.prlimit, pid, resource.RLIMIT_NPROC, (0, 0))

status = lambda pid: Path(f"/proc/{pid}/status").read_text()
uid_of = lambda pid: int(status(pid).split("Uid:")[1].split()[0])
others = [int(p) for p in os.listdir("/proc") if p.isdigit() and uid_of(p) != mine]
who = {pid: {0: "runner", mine + 1: "suite"}.get(uid_of(pid), "service") for pid in others}
succeeded = [
    (who[pid], name, str(result)[:40])
    for pid in others for name, result in attacks(pid)
    if result not in ("EPERM", "EACCES")
]
return {"met": sorted(set(who.values())), "succeeded": succeeded}
"""

WRITABLE = """
found = []
for top, folders, files in os.walk("/"):
    paths = [os.path.join(top, name) for name in files]
    found += [p for p in paths if stat.S_ISREG(os.lstat(p).st_mode) and os.access(p, os.W_OK)]
    if os.access(top, os.W_OK):
        found.append(top)
    if top in ("/proc", "/sys") or found[-1:] == [top]:
        folders.clear()
return sorted(found)
"""

FILLED = """
def filled(folder):
    written = 0
    for number in range(100):
        with open(f"{folder}/{number}", "wb", buffering=0) as file:
            try:
                while True:
                    written += file.write(b"x" * 2**20)
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    return written / 2**20
return [filled("/learner/work"), filled("/tmp"), filled("/dev/shm")]
"""

LARGEST = """
with open("/tmp/large", "wb", buffering=0) as file:
    try:
        while True:
            file.write(b"x" * 2**20)
    except OSError as error:
        return [file.tell(), errno.errorcode[error.errno]]
"""

RUN_FROM = """
results = {}
for folder in ("/learner", "/tmp", "/dev/shm"):
    program = Path(folder, "program")
    program.write_bytes(Path("/bin/true").read_bytes())
    program.chmod(0o755)
    results[folder] = attempt(subprocess.run, [str(program)])
return results
"""

SUITES_FOLDER = """
os.symlink("/suite", "/learner/way")
ways = [f"{top}{rest}" for top in ("/suite", "/learner/way")
        for rest in ("/.", "/tests", "/tests/test_probe.py", "/run/1.sock")]
tries = (os.listdir, os.stat, os.chdir, open, os.unlink, os.rmdir, os.mkdir)
connect = lambda way: socket.socket(socket.AF_UNIX).connect(way)
return {
    "inside": sorted({str(attempt(what, way)) for way in ways for what in (*tries, connect)}),
    "moved": attempt(os.rename, "/suite", "/learner/suite"),
    "opened": attempt(os.chmod, "/suite", 0o777),
}
"""

NETWORK = """
families = ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK")
kinds = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW)
made = [attempt(socket.socket, getattr(socket, name), kind) for name in families for kind in kinds]
return {
    "interfaces": os.listdir("/sys/class/net"),
    "sockets": sorted(set(map(str, made))),
    "names": attempt(socket.getaddrinfo, "example.org", 80),
    "engine": [attempt(os.stat, path) for path in ("/run/docker.sock", "/var/run/docker.sock")],
}
"""

SUITE_IN_THE_SAME_NETWORK = """
import errno, socket

HOSTS = ["1.1.1.1", "169.254.169.254", "172.17.0.1", "10.0.0.1", "192.168.0.1"]

def reached(family, kind, address):
    with socket.socket(family, kind) as end:
        end.settimeout(0.5)
        return errno.errorcode[end.connect_ex(address)]

def test_network(client):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        assert {reached(socket.AF_INET, kind, (host, 80)) for host in HOSTS} == {"ENETUNREACH"}
    six = reached(socket.AF_INET6, socket.SOCK_STREAM, ("2606:4700::1111", 80))
    assert six in ("ENETUNREACH", "EADDRNOTAVAIL")
    assert client.get("/").status_code == 200
"""


SIGNALS = """
def handled(pid):
    "The signals that a process has handlers for: SigCgt in /proc/PID/status, proc(5)."
    status = Path(f"/proc/{pid}/status").read_text()
    bits = int(status.split("SigCgt:")[1].split()[0], 16)
    return [number for number in range(1, 65) if bits >> (number - 1) & 1]

return {"runner": handled(1), "mine": signal.SIGINT in handled("self")}
"""


@pytest.mark.parametrize(
    ("environment", "met"),
    [("python", ["runner", "suite"]), ("postgres", ["runner", "service", "suite"])],
)
def test_no_other_process_can_be_touched(pool: Pool, environment: str, met: list[str]) -> None:
    assert inside(pool, ATTACKS, environment) == {"met": met, "succeeded": []}


def test_a_signal_to_everybody_reaches_nobody(pool: Pool) -> None:
    # kill(2) calls it a success when nobody could be signalled; that the run passed is the point.
    assert inside(pool, "return attempt(os.kill, -1, signal.SIGKILL)") is None


def test_the_runner_handles_no_signal_that_could_end_it(pool: Pool) -> None:
    # Nobody may signal it; and if they could, an init is deaf to what it doesn't handle.
    found = inside(pool, SIGNALS)
    assert set(found["runner"]) <= {signal.SIGCHLD, signal.SIGWINCH}  # readline has the latter
    assert found["mine"], "a learner's own program can be interrupted as any other"


def test_only_its_own_folders_can_be_written(pool: Pool) -> None:
    assert inside(pool, WRITABLE) == ["/dev/mqueue", "/dev/shm", "/learner", "/tmp"]


def test_the_suites_folder_cannot_be_entered(pool: Pool) -> None:
    found = inside(pool, SUITES_FOLDER)
    assert found["inside"] == ["EACCES"]
    assert found["moved"] in ("EACCES", "EXDEV", "EROFS", "EBUSY")
    assert found["opened"] == "EPERM"


def test_its_folders_hold_what_they_may_and_no_more(pool: Pool) -> None:
    in_use = 1  # MiB, for its own app.py
    learner, temporary, shared = inside(pool, FILLED)
    assert LEARNER_MB - in_use <= learner <= LEARNER_MB
    assert temporary == LEARNER_MB
    assert shared == SHARED_MEMORY_MB


def test_no_file_is_larger_than_its_limit(pool: Pool) -> None:
    assert inside(pool, LARGEST) == [LEARNER_FILE_BYTES, "EFBIG"]


def test_nothing_that_it_writes_can_be_run_as_a_program(pool: Pool) -> None:
    found = inside(pool, RUN_FROM)
    assert found == dict.fromkeys(("/learner", "/tmp", "/dev/shm"), "EACCES")


def test_there_is_no_network(pool: Pool) -> None:
    # The learner's filter refuses the sockets already; the suite's process has no filter.
    [found] = answered(grade(pool, telling(NETWORK), probe(SUITE_IN_THE_SAME_NETWORK)))
    assert found.pop("names").startswith("gaierror")
    assert found == {
        "interfaces": ["lo"],
        "sockets": ["EPERM"],
        "engine": ["ENOENT", "ENOENT"],
    }
