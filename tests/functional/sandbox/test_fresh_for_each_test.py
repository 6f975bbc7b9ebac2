"""With the isolation `process`, every test meets a process and folders that are as new."""

from __future__ import annotations

from sandbox.pool import Pool
from tests.functional.probes import answered, grade, probe, telling

IN_PROCESSES = {"kind": "http", "app": "app:create_app", "isolation": "process"}

TWO_TESTS = """
def test_before(client):
    assert client.get("/before").status_code == 200

def test_after(client):
    assert client.get("/after").status_code == 200
"""

LEAVES_TRACES = """
import builtins
cwd = os.getcwd()
places = [Path(place, "trace") for place in (".", "/learner", "/tmp", "/dev/shm")]
found = [str(place) for place in places if place.exists()]
tops = ("/learner/deep", "/tmp/deep", "/learner/other")
folders = [place for place in tops if place != cwd and Path(place).exists()]
seen = getattr(builtins, "trace", 0)
for place in places:
    place.write_text("x")
for top in ("/learner/deep", "/tmp/deep", "/learner/other"):
    os.makedirs(f"{top}/er", exist_ok=True)
    os.symlink("/etc", f"{top}/way") if not folders else None
    os.chmod(f"{top}/er", 0)
if path == "before":
    for _ in range(400):  # more levels than a process of theirs may have descriptors
        os.mkdir("level")
        os.chdir("level")
builtins.trace = seen + 1
return {"files": found, "folders": folders, "seen": seen, "pid": os.getpid(), "cwd": cwd}
"""

LEAVES_KERNEL_OBJECTS = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
KEY, CREATE = 4711, 0o1000 | 0o600
kinds = ("shm", "sem", "msg")
met = {kind: len(Path("/proc/sysvipc", kind).read_text().splitlines()) - 1 for kind in kinds}

def made(number):
    return "made" if number >= 0 else errno.errorcode[ctypes.get_errno()]

return {
    "met": met,
    "shm": made(libc.shmget(KEY, 4096, CREATE)),
    "sem": made(libc.semget(KEY, 1, CREATE)),
    "msg": made(libc.msgget(KEY, CREATE)),
    "queue": made(libc.mq_open(b"/queue", 0o102, 0o600, None)),
}
"""

PRINTS = """
print("asked for", path)
return None
"""

WRITES_TO_DEV_STDOUT = """
with open("/dev/stdout", "w") as out:
    out.write("through the device")
return attempt(open, "/dev/stdout", "r")
"""

LEAVES_DAEMONS = """
NAME = "\\0daemon"  # of the sandbox's network, not of a folder: its listener has to go for it to go

def daemon():
    os.setsid()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    if os.fork():
        os._exit(0)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(NAME)
    listener.listen()
    while True:
        time.sleep(60)

def listening():
    with socket.socket(socket.AF_UNIX) as end:
        return attempt(end.connect, NAME) is None

def mine():
    pids = [pid for pid in os.listdir("/proc") if pid.isdigit()]
    return sum(attempt(os.stat, f"/proc/{pid}").st_uid == os.getuid() for pid in pids)

met = {"listening": listening(), "processes": mine()}
if path == "before":
    child = os.fork()
    if child == 0:
        daemon()
    os.waitpid(child, 0)
    while not listening():
        time.sleep(0.01)
    met["left"] = mine()
return met
"""


def test_nothing_that_one_test_wrote_is_there_in_the_next(pool: Pool) -> None:
    before, after = answered(
        grade(pool, telling(LEAVES_TRACES), probe(TWO_TESTS, subject=IN_PROCESSES))
    )
    for met in (before, after):
        assert (met["files"], met["folders"], met["seen"]) == ([], [], 0)
    assert before["pid"] != after["pid"]
    assert (before["cwd"], after["cwd"]) == ("/learner/work", "/learner/work")


def test_no_test_can_leave_objects_in_the_kernel_for_the_next(pool: Pool) -> None:
    before, after = answered(
        grade(pool, telling(LEAVES_KERNEL_OBJECTS), probe(TWO_TESTS, subject=IN_PROCESSES))
    )
    for found in (before, after):
        assert found.pop("met") == {"shm": 0, "sem": 0, "msg": 0}
        assert found == {"shm": "EPERM", "sem": "EPERM", "msg": "EPERM", "queue": "EPERM"}


def test_the_learner_can_write_to_dev_stdout_and_read_nothing_from_it(pool: Pool) -> None:
    report = grade(pool, telling(WRITES_TO_DEV_STDOUT))
    assert answered(report) == ["EACCES"]
    assert "through the device" in report.tests[0].output


def test_what_a_program_prints_is_shown_though_it_is_killed_in_the_end(pool: Pool) -> None:
    report = grade(pool, telling(PRINTS), probe(TWO_TESTS, subject=IN_PROCESSES))
    assert [test.output for test in report.tests] == ["asked for before\n", "asked for after\n"]


def test_a_daemon_of_one_test_is_dead_in_the_next(pool: Pool) -> None:
    before, after = answered(
        grade(pool, telling(LEAVES_DAEMONS), probe(TWO_TESTS, subject=IN_PROCESSES))
    )
    assert before == {"listening": False, "processes": 1, "left": 2}
    assert after == {"listening": False, "processes": 1}
