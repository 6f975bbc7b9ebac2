"""With the isolation `application`, every test meets an application that was made anew."""

from __future__ import annotations

import pytest

from grader.verdict import Outcome, Verdict
from sandbox.pool import Pool
from tests.functional.probes import answered, grade, probe, telling
from tests.functional.sandbox.test_fresh_for_each_test import LEAVES_DAEMONS, TWO_TESTS

LEAVES_TRACES = """
import logging, random, socket, warnings
import helper
places = [Path(place, "trace") for place in (".", "/learner", "/tmp", "/dev/shm")]
met = {
    "files": [str(place) for place in places if place.exists()],
    "module": [helper.seen, getattr(sys.modules[__name__], "seen", 0)],
    "settings": [os.environ.get("TRACE"), os.umask(0), socket.getdefaulttimeout()],
    "lists": ["trace" in sys.path, "trace" in sys.argv, len(logging.root.handlers)],
    "level": logging.getLogger("theirs").level,
    "alarm": str(signal.getsignal(signal.SIGALRM)),
    "warnings": warnings.filters[0][0],
}
for place in places:
    place.write_text("x")
sys.modules[__name__].seen = helper.seen = 1
os.environ["TRACE"] = "x"
sys.path.append("trace")
sys.argv.append("trace")
socket.setdefaulttimeout(9)
logging.basicConfig(force=True)
logging.getLogger("theirs").setLevel(logging.ERROR)
signal.signal(signal.SIGALRM, signal.SIG_IGN)
warnings.simplefilter("error")
return met | {"pid": os.getpid(), "cwd": os.getcwd()}
"""

PUSHES = """
import flask
FOUND = flask.has_app_context()
create_app().app_context().push()
"""

PROCESS = "return os.getpid()"

THREAD = """
import threading
if path == "before":
    threading.Thread(target=time.sleep, args=[60], daemon=True).start()
return os.getpid()
"""

HANGS = """
if path == "before":
    time.sleep(60)
return os.getpid()
"""

DIES = """
if path == "before":
    os._exit(0)
return os.getpid()
"""

LATE = """
def test_before(client):
    with pytest.raises(httpx.HTTPError):
        client.get("/before")

def test_after(client):
    assert client.get("/after").status_code == 200
"""

ONCE = """
import flask
if hasattr(flask, "made"):
    raise RuntimeError("a second time in one process")
flask.made = True
"""

SAYS_LEFT = """
orders = None
for fd in range(3, 64):
    try:
        end = socket.socket(fileno=os.dup(fd))
        if end.type == socket.SOCK_SEQPACKET:
            orders = end
    except OSError:
        pass
orders.setblocking(False)
sent = 0
try:
    while True:
        sent += orders.send(b"left") > 0
except BlockingIOError:
    pass
return sent
"""


SHARES_A_DATABASE = """
import sqlite3
from flask import Flask

database = sqlite3.connect("file:app.db?cache=shared", uri=True)

def create_app():
    app = Flask(__name__)

    @app.get("/<path>")
    def view(path):
        database.execute("CREATE TABLE kept (x)")
        database.commit()
        return "made"

    return app
"""


def test_a_database_that_a_module_left_open_is_closed_before_the_next(pool: Pool) -> None:
    report = grade(pool, SHARES_A_DATABASE, probe(TWO_TESTS))
    assert report.verdict is Verdict.PASSED, [test.output for test in report.tests]


def test_modules_files_and_settings_of_one_test_are_gone_in_the_next(pool: Pool) -> None:
    exercise = probe(TWO_TESTS, files=["app.py", "helper.py"])
    before, after = answered(grade(pool, telling(LEAVES_TRACES), exercise, "seen = 0\n"))
    assert before == after
    assert before["files"] == []
    assert before["module"] == [0, 0]


def test_a_context_that_was_pushed_and_never_popped_is_gone_in_the_next(pool: Pool) -> None:
    assert answered(grade(pool, telling("return FOUND") + PUSHES, probe(TWO_TESTS))) == [False] * 2


def test_a_process_that_leaves_alone_serves_the_next_test(pool: Pool) -> None:
    before, after = answered(grade(pool, telling(PROCESS), probe(TWO_TESTS)))
    assert before == after


def test_a_process_with_a_thread_left_does_not(pool: Pool) -> None:
    before, after = answered(grade(pool, telling(THREAD), probe(TWO_TESTS)))
    assert before != after


def test_daemons_are_dead_in_the_next_test(pool: Pool) -> None:
    before, after = answered(grade(pool, telling(LEAVES_DAEMONS), probe(TWO_TESTS)))
    assert before == {"listening": False, "processes": 1, "left": 2}
    assert after == {"listening": False, "processes": 1}


@pytest.mark.parametrize("body", [HANGS, DIES])
def test_a_process_that_hangs_or_dies_is_replaced(pool: Pool, body: str) -> None:
    suite = f"import httpx, pytest\n{LATE}"
    report = grade(pool, telling(body), probe(suite, test_seconds=1))
    assert [test.outcome for test in report.tests] == [Outcome.PASSED, Outcome.PASSED]


def test_what_cannot_be_made_twice_in_a_process_gets_a_new_one(pool: Pool) -> None:
    before, after = answered(grade(pool, ONCE + telling(PROCESS), probe(TWO_TESTS)))
    assert before != after


def test_a_process_that_lies_about_leaving_harms_only_itself(pool: Pool) -> None:
    first, *_ = answered(grade(pool, telling(SAYS_LEFT), probe(TWO_TESTS)))
    assert first > 1


def test_an_application_is_made_anew_by_its_factory(pool: Pool) -> None:
    code = """
from flask import Flask

def create_app():
    app = Flask(__name__)
    app.books = []

    @app.post("/books")
    def add():
        app.books.append(1)
        return {"books": len(app.books)}

    return app
"""
    suite = "".join(
        f"def test_{n}(client):\n    assert client.post('/books').json() == {{'books': 1}}\n"
        for n in "abc"
    )
    assert grade(pool, code, probe(suite)).verdict is Verdict.PASSED
