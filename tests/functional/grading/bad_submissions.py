"""Submissions that are no answer, and what each must get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from grader.verdict import Verdict
from tests.functional.probes import looking


@dataclass(frozen=True, slots=True)
class Bad:
    """One app.py, its verdict, words that its learner must read, and the run's limit."""

    code: str
    verdict: Verdict
    words: str
    seconds: float = 6.0


HONEST: Final = looking("return {'answer': 42}")

SHORT: Final = 1.5
"""Seconds for those that only the limit of the whole run stops."""

STOPPED, MEMORY = "The tests were stopped after", "took more memory than it may have"
PRINTED, SILENT = "printed more than 1 MiB", "Your server did not answer within"
GONE, LARGE = "closed the connection without an answer", "more than 1,048,576 bytes"

FORK_BOMB: Final = "while True:\n    try: os.fork()\n    except OSError: pass\n"
ENDLESS_BODY: Final = """
def drip():
    while True:
        yield b"x"
        time.sleep(0.01)
return drip()
"""
ENDLESS_HEAD: Final = """
raw = request.environ["werkzeug.socket"]
raw.sendall(b"HTTP/1.1 200 OK\\r\\n")
while True:
    raw.sendall(b"A: b\\r\\n")
    time.sleep(0.1)
"""
ENDLESS_CONTINUE: Final = """
while True:
    request.environ["werkzeug.socket"].sendall(b"HTTP/1.1 100 Continue\\r\\n\\r\\n")
"""
MEMORY_OF_CHILDREN: Final = """
for _ in range(20):
    if os.fork() == 0:
        held = b"x" * 50_000_000
        time.sleep(60)
time.sleep(60)
"""

ALL_MEMORY_IN_SMALL_PIECES: Final = """
import os
from pathlib import Path

Path("/proc/self/oom_score_adj").write_text("0")
reading, writing = os.pipe()
os.dup2(writing, 1)
for _ in range(60):
    if os.fork() == 0:
        os.execv("/bin/dd", ["dd", "if=/dev/zero", "bs=8M"])
os.execv("/bin/sleep", ["sleep", "60"])
"""
"""Every piece is smaller than the runner, so the runner is what the kernel ends."""

BAD: Final = {
    "a syntax error": Bad("def create_app(:\n    pass\n", Verdict.CRASHED, "SyntaxError: invalid"),
    "an import error": Bad("import nosuch\n", Verdict.CRASHED, "No module named 'nosuch'"),
    "no factory": Bad("x = 1\n", Verdict.CRASHED, "app.py has no `create_app`."),
    "a factory that returns None": Bad(
        "def create_app():\n    pass\n", Verdict.CRASHED, "create_app() returned NoneType"
    ),
    "a factory that fails": Bad(
        "def create_app():\n    return 1 / 0\n", Verdict.CRASHED, "line 2, in create_app"
    ),
    "a program that leaves": Bad("import os\nos._exit(0)\n", Verdict.CRASHED, "Your program ended"),
    "a program that is killed": Bad(
        "import os\nos.kill(os.getpid(), 9)\n", Verdict.CRASHED, "Your program ended"
    ),
    "a loop at import": Bad("while True: pass\n", Verdict.TIMEOUT, STOPPED, SHORT),
    "a loop in the factory": Bad(
        "def create_app():\n    while True: pass\n", Verdict.CRASHED, "not ready after 4 s", 9
    ),
    "a start that never ends": Bad(
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n",
        Verdict.CRASHED,
        "not ready after 6 s",
        9,
    ),
    "a loop in a request": Bad(looking("while True: pass"), Verdict.TIMEOUT, SILENT),
    "a server that stops itself": Bad(
        looking("os.kill(os.getpid(), signal.SIGSTOP)"), Verdict.TIMEOUT, SILENT
    ),
    "a fork bomb at import": Bad(f"import os\n{FORK_BOMB}", Verdict.TIMEOUT, STOPPED, SHORT),
    "a fork bomb in a request": Bad(looking(FORK_BOMB), Verdict.TIMEOUT, ""),
    "10 GB printed at import": Bad(
        "for _ in range(10_000): print('x' * 1_000_000)\n", Verdict.OUTPUT_LIMIT, PRINTED
    ),
    "10 GB printed in a request": Bad(
        looking("for _ in range(10_000): print('x' * 1_000_000)"), Verdict.OUTPUT_LIMIT, PRINTED
    ),
    "all memory at import": Bad(
        "held = []\nwhile True: held.append(b'x' * 10_000_000)\n", Verdict.OUT_OF_MEMORY, MEMORY
    ),
    "all memory in a request": Bad(
        looking("held = []\nwhile True: held.append(b'x' * 10_000_000)"),
        Verdict.OUT_OF_MEMORY,
        MEMORY,
    ),
    "all memory in children": Bad(looking(MEMORY_OF_CHILDREN), Verdict.OUT_OF_MEMORY, MEMORY),
    "all memory, so that the runner is ended": Bad(
        ALL_MEMORY_IN_SMALL_PIECES, Verdict.OUT_OF_MEMORY, MEMORY
    ),
    "a huge answer": Bad(looking("return 'x' * 20_000_000"), Verdict.FAILED, LARGE),
    "a nest too deep": Bad(looking("return '[' * 500_000"), Verdict.FAILED, "RecursionError"),
    "an answer without end": Bad(looking(ENDLESS_BODY), Verdict.TIMEOUT, "did not end in time"),
    "a head without end": Bad(looking(ENDLESS_HEAD), Verdict.TIMEOUT, "did not answer within"),
    "for ever 100 Continue": Bad(looking(ENDLESS_CONTINUE), Verdict.TIMEOUT, ""),
    "a server that leaves": Bad(looking("os._exit(0)"), Verdict.FAILED, GONE),
    "a server that crashes": Bad(looking("ctypes.string_at(0)"), Verdict.FAILED, GONE),
    "a server that closes everything": Bad(looking("os.closerange(0, 300)"), Verdict.FAILED, GONE),
}
