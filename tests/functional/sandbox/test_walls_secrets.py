"""What the learner's process inherits: nothing of the suite, and no descriptor but its own."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.pool import Pool
from tests.functional.probes import answered, grade, probe, telling

MARKER = "a-marker-that-stands-in-the-suite-alone"
CONTROL = "a-control-that-learners-hold-themselves"

SUITE = f'''
"""{MARKER}"""
SECRET = "{MARKER}"

def test_look(client):
    """Nothing leaks."""
    assert client.get("/").status_code == 200, SECRET

def test_look_again(client):
    """Nothing leaks later either."""
    assert client.get("/").status_code == 200, SECRET
'''

# The needles are written with each character moved by one, and so is what is searched: else the
# search would find itself.
SEARCH = """
moved = bytes((n + 1) % 256 for n in range(256))
back = bytes((n - 1) % 256 for n in range(256))
marker, control = MARKER, CONTROL
held = control.translate(back).decode()

def memory():
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as mem:
        for line in maps:
            ends, rights, *_ = line.split()
            start, end = (int(part, 16) for part in ends.split("-"))
            if "r" in rights and "[v" not in line:
                yield from pieces(mem, start, end)

def pieces(mem, start, end):
    for at in range(start, end, 2**20):
        mem.seek(at)
        piece = attempt(mem.read, min(2**20 + 100, end - at))
        if isinstance(piece, bytes):
            yield piece.translate(moved)

found = {"marker": 0, "control": 0, "searched": 0}
for piece in memory():
    found["searched"] += len(piece)
    found["marker"] += marker in piece
    found["control"] += control in piece
modules = [name for name in sys.modules if "suite" in name or "test_probe" in name]
ours = ("sandbox.runner.suite", "unittest.")
found["loaded"] = sorted(name for name in modules if not name.startswith(ours))
return found
"""

DESCRIPTORS = """
def kind(fd):
    link = attempt(os.readlink, f"/proc/self/fd/{fd}")
    return link if link.startswith("/") else link.partition(":")[0]

def names(fd):
    return socket.socket(fileno=os.dup(int(fd))).getsockname()

listed = sorted(os.listdir("/proc/self/fd"), key=int)
sockets = [fd for fd in listed if kind(fd) == "socket"]
return {
    "kinds": sorted({kind(fd) for fd in listed if kind(fd) != "ENOENT"}),
    "files": [kind(fd) for fd in listed if kind(fd).startswith("/")],
    "sockets": sorted({names(fd) for fd in sockets}),
    "pipes": sorted({os.readlink(f"/proc/self/fd/{fd}") for fd in listed if kind(fd) == "pipe"}
                    - {os.readlink("/proc/self/fd/1")}),
}
"""


def shifted(text: str) -> bytes:
    return bytes(ord(character) + 1 for character in text)


@pytest.fixture(scope="module", params=["python", "postgres"])
def searched(pool: Pool, request: pytest.FixtureRequest) -> list[Any]:
    """What two tests' processes found in their memory, in each environment."""
    body = SEARCH.replace("MARKER", repr(shifted(MARKER))).replace(
        "CONTROL", repr(shifted(CONTROL))
    )
    report = grade(pool, telling(body), probe(SUITE, environment=request.param))
    return answered(report)


def test_the_search_finds_what_is_there(searched: list[Any]) -> None:
    assert len(searched) == 2
    for found in searched:
        assert found["control"] > 0
        assert found["searched"] > 10_000_000


def test_nothing_of_the_suite_is_in_the_learners_memory(searched: list[Any]) -> None:
    assert [found["marker"] for found in searched] == [0, 0]
    assert [found["loaded"] for found in searched] == [[], []]


def test_no_descriptor_is_inherited_but_the_output_the_orders_and_the_listener(pool: Pool) -> None:
    [found] = answered(grade(pool, telling(DESCRIPTORS)))
    assert found == {
        "kinds": ["/dev/null", "pipe", "socket"],
        "files": ["/dev/null"],
        "sockets": ["", "/suite/run/1.sock"],
        "pipes": [],
    }


def test_while_the_application_is_made_there_is_one_more_to_say_how_it_went(pool: Pool) -> None:
    body = DESCRIPTORS.replace("return {", "FOUND = {")
    code = telling("return FOUND").replace("def create_app", f"{body}\ndef create_app")
    [found] = answered(grade(pool, code))
    assert found["files"] == ["/dev/null"]
    assert found["sockets"] == ["", "/suite/run/1.sock"]
    assert len(found["pipes"]) == 1
