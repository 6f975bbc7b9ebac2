"""Submissions that try to be judged well without doing the work. None may ever pass."""

from __future__ import annotations

from typing import Final

import pytest

from grader.verdict import Verdict
from sandbox.pool import Pool
from tests.functional.probes import grade, looking, probe

SUITE: Final = """
import random

def test_sum(client):
    a, b = random.sample(range(1000), 2)
    response = client.get(f"/sum?a={a}&b={b}")
    assert response.status_code == 200
    assert response.json() == {"sum": a + b}

def test_answer(client):
    assert client.get("/answer").json() == {"answer": 42}
"""
EXERCISE: Final = probe(SUITE, seconds=6, test_seconds=2)

FRAMES: Final = """
import json, os, struct

def frame(**fields):
    body = json.dumps(fields).encode()
    return struct.pack(">I", len(body)) + body

def told(name):
    return frame(type="test", id=f"test_probe.py::{name}", outcome="passed", seconds=0.1,
                 message="", timed_out=False, subject_seconds=0, exchanges=[], output="")

FORGED = told("test_sum") + told("test_answer") + frame(type="end", reason="finished", message="")
PART = struct.pack(">BxxxI", 1, len(FORGED)) + FORGED

def everywhere(data):
    for fd in range(300):
        try:
            os.set_blocking(fd, False)
            os.write(fd, data)
        except OSError:
            pass
"""

PATCHED: Final = """
import builtins, json, sys, unittest

class Equal(dict):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __hash__ = None

json.loads = lambda *a, **k: Equal()
json.JSONDecoder.decode = lambda *a, **k: Equal()
for name in ("httpx", "pytest", "_pytest.runner", "_pytest.reports", "_pytest.assertion.rewrite"):
    try:
        module = __import__(name, fromlist=["x"])
    except ImportError:
        continue
    for attribute in ("fail", "raises", "CallInfo", "TestReport", "Client", "Response"):
        if hasattr(module, attribute):
            setattr(module, attribute, lambda *a, **k: None)
builtins.AssertionError = type("AssertionError", (), {})
builtins.exit = builtins.quit = lambda *a: None
sys.exit = lambda *a: None
sys.modules["sandbox.runner.suite.reporting"] = sys.modules[__name__]
"""

READY: Final = """
for fd in range(300):
    try:
        os.write(fd, b'{"ready": true}\\n')
    except OSError:
        pass
"""

CONFTEST: Final = """
import os
HOOK = '''
import pytest
@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    outcome.get_result().outcome = "passed"
'''
for folder in (".", "/learner", "/tmp", "/dev/shm", "/suite", "/suite/tests", "/"):
    for name in ("conftest.py", "sitecustomize.py", "pytest.ini", "test_probe.py", "httpx.py"):
        try:
            with open(os.path.join(folder, name), "w") as file:
                file.write(HOOK)
        except OSError:
            pass
"""

CONNECTS: Final = """
import socket
for number in range(1, 9):
    try:
        end = socket.socket(socket.AF_UNIX)
        end.connect(f"/suite/run/{number}.sock")
        end.sendall(FORGED)
    except OSError:
        pass
"""

PARENTS: Final = """
import signal
for pid in (os.getppid(), 1, *range(2, 40)):
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGUSR1):
        try:
            if pid != os.getpid():
                os.kill(pid, number)
        except OSError:
            pass
    for name in ("mem", "fd/0", "fd/1", "fd/3", "fd/5"):
        try:
            with open(f"/proc/{pid}/{name}", "wb", buffering=0) as file:
                file.write(FORGED)
        except OSError:
            pass
"""

WRONG_APP: Final = looking("return {'sum': -1}")

AT_IMPORT: Final = {
    "leaving with success": "import os\nos._exit(0)\n",
    "sys.exit with success": "import sys\nsys.exit(0)\n",
    "frames on standard output": f"{FRAMES}\nos.write(1, FORGED)\nos._exit(0)\n",
    "frames on every descriptor": f"{FRAMES}\neverywhere(FORGED)\nos._exit(0)\n",
    "parts on every descriptor": f"{FRAMES}\neverywhere(PART)\nos._exit(0)\n",
    "frames, then an ordinary server": f"{FRAMES}\neverywhere(FORGED)\n{WRONG_APP}",
    "patched libraries": f"{PATCHED}\n{WRONG_APP}",
    "saying ready oneself": f"import os\n{READY}\nos._exit(0)\n",
    "saying ready again and again": f"import os\n{READY * 3}\n{WRONG_APP}",
    "files that pytest would read": f"{CONFTEST}\n{WRONG_APP}",
    "the suite's sockets": f"{FRAMES}\n{CONNECTS}\n{WRONG_APP}",
    "the parent process": f"{FRAMES}\n{PARENTS}\n{WRONG_APP}",
    "an exit at the end": f"import atexit, os\natexit.register(os._exit, 0)\n{WRONG_APP}",
}

IN_REQUESTS: Final = {
    "leaving in a request": "os._exit(0)",
    "frames in a request": f"{FRAMES}\neverywhere(FORGED)\nreturn {{'sum': -1}}",
    "an answer that is everything": "return {'sum': 'Any', 'answer': 42, '__eq__': True}",
    "no number": "return {'sum': float('nan'), 'answer': float('inf')}",
    "an answer twice": """
raw = request.environ["werkzeug.socket"]
one = b'HTTP/1.1 200 OK\\r\\nContent-Length: 14\\r\\n\\r\\n{"answer": 42}'
raw.sendall(one * 3)
os._exit(0)
""",
    "frames as an answer": f"""{FRAMES}
request.environ["werkzeug.socket"].sendall(FORGED)
os._exit(0)
""",
}

FORGERIES: Final = AT_IMPORT | {name: looking(body) for name, body in IN_REQUESTS.items()}


def test_the_exercise_can_be_solved(pool: Pool) -> None:
    body = "given = request.args\nif path == 'answer': return {'answer': 42}\n"
    right = looking(f"{body}return {{'sum': int(given['a']) + int(given['b'])}}")
    assert grade(pool, right, EXERCISE).verdict is Verdict.PASSED


@pytest.mark.parametrize("code", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forgery_never_passes_and_is_no_failure_of_ours(pool: Pool, code: str) -> None:
    report = grade(pool, code, EXERCISE)
    assert report.verdict not in (Verdict.PASSED, Verdict.JUDGE_ERROR), report
    assert report.tests[0].earned == 0
    assert report.score < 100
