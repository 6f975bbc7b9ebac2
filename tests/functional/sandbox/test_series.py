"""The gate's runs share sandboxes: each run meets one that is as new, or another one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from grader.exercise import Exercise
from grader.gate.series import Series
from grader.verdict import Report, Verdict
from sandbox.interface import Sandbox
from sandbox.pool import Pool
from tests.functional.probes import LOOKS, answered, grade, looking, probe, telling, told

TRACES = """
import builtins
places = [Path(place, "trace") for place in (".", "/learner", "/tmp", "/dev/shm")]
found = [str(place) for place in places if place.exists()]
for place in places:
    place.write_text("x")
if os.fork() == 0:  # a daemon
    os.setsid()
    time.sleep(60)
seen = getattr(builtins, "trace", 0)
builtins.trace = 1
mine = [entry for entry in Path("/proc").glob("[0-9]*") if entry.stat().st_uid == os.getuid()]
print("a line")
return {"files": found, "seen": seen, "processes": len(mine)}
"""

SUITE_TRACES = """
import builtins, os, random, sys
from pathlib import Path

home = Path(os.environ["HOME"])

def test_look(client):
    assert not [name for name in ("trace", "deep") if (home / name).exists()]
    assert not hasattr(builtins, "trace"), "the process of an earlier run"
    assert "helper" not in sys.modules
    (home / "trace").write_text("x")
    (home / "deep" / "er").mkdir(parents=True)
    (Path(__file__).parent / "helper.py").write_text("")
    builtins.trace = 1
    import helper
    assert client.get("/").status_code == 200
    print(random.random())
"""

DATA = """
def test_database(database):
    found = database.execute("SELECT to_regclass('public.left') IS NULL").fetchone()
    assert found[0], "a table is left"
    database.execute("CREATE TABLE public.left (id integer)")
    database.execute("CREATE SCHEMA mine")
    assert database.execute("SHOW work_mem").fetchone() != ("1MB",), "a setting is left"
    database.execute("ALTER DATABASE exercise SET work_mem = '1MB'")
    database.commit()
"""


class Watched(Series):
    """A series that notes which sandbox each run was given."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool)
        self.given: list[Any] = []

    def take(self, name: str) -> Sandbox:
        self.given.append(super().take(name))
        return self.given[-1]  # type: ignore[no-any-return]  # a Sandbox, as that returns


@pytest.fixture
def series(pool: Pool) -> Iterator[Watched]:
    with Watched(pool) as series:
        yield series


def is_shared(series: Watched) -> bool:
    """Whether the last two runs had the same sandbox."""
    return series.given[-1] is series.given[-2]


def graded_twice(
    series: Watched, app: str, exercise: Exercise | None = None
) -> tuple[Report, Report]:
    return grade(series, app, exercise), grade(series, app, exercise)


def test_nothing_of_the_learners_is_left_for_the_next_run(series: Watched) -> None:
    first, second = graded_twice(series, telling(TRACES))
    new = {"files": [], "seen": 0, "processes": 2}
    assert [answered(first), answered(second)] == [[new], [new]]
    assert first.tests[0].output == second.tests[0].output == "a line\n"
    assert is_shared(series)


def test_nothing_of_the_suites_is_left_for_the_next_run(series: Watched) -> None:
    for report in graded_twice(series, looking("return 'fine'"), probe(SUITE_TRACES)):
        assert report.verdict is Verdict.PASSED, told(report)
    assert is_shared(series)


def test_nothing_is_left_in_the_database_for_the_next_run(series: Watched) -> None:
    exercise = probe(DATA, environment="postgres", subject={"kind": "sql", "file": "query.sql"})
    for report in graded_twice(series, "SELECT 1", exercise):
        assert report.verdict is Verdict.PASSED, told(report)
    assert is_shared(series)


def test_another_suite_may_follow_and_one_that_fails(series: Watched) -> None:
    fails = "def test_it(client):\n    assert client.get('/').text == 'other'\n"
    app = looking("return 'fine'")
    assert grade(series, app).verdict is Verdict.PASSED
    assert grade(series, app, probe(fails)).verdict is Verdict.FAILED
    assert grade(series, app).verdict is Verdict.PASSED
    assert len(set(map(id, series.given))) == 1


def test_after_an_error_the_next_run_is_elsewhere(series: Watched) -> None:
    assert grade(series, "raise RuntimeError('no application')").verdict is Verdict.CRASHED
    assert grade(series, looking("return 'fine'")).verdict is Verdict.PASSED
    assert not is_shared(series)


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("time.sleep(60)", Verdict.TIMEOUT),
        ("return 'x' * 2 ** 30", Verdict.OUT_OF_MEMORY),
        ("os.write(1, b'x' * 2 ** 21)", Verdict.OUTPUT_LIMIT),
    ],
)
def test_what_has_passed_a_limit_serves_no_other_run(
    series: Watched, body: str, verdict: Verdict
) -> None:
    exercise = probe(seconds=2, test_seconds=30)
    report = grade(series, looking(body), exercise)
    assert report.verdict is verdict, told(report)
    assert grade(series, looking("return 'fine'")).verdict is Verdict.PASSED
    assert not is_shared(series)


@pytest.mark.parametrize(
    "left",
    [
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(60)\n",
        "import os\nos.makedirs('/suite/locked/in')\nos.chmod('/suite/locked', 0o500)\n",
    ],
    ids=["a process", "a locked folder"],
)
def test_what_a_suite_leaves_for_good_has_the_next_run_elsewhere(
    series: Watched, left: str
) -> None:
    for report in graded_twice(series, looking("return 'fine'"), probe(f"{left}{LOOKS}")):
        assert report.verdict is Verdict.PASSED, told(report)
    assert not is_shared(series)


@pytest.mark.parametrize(
    ("code", "words"), [(7, "ended with 7"), (0, "ended before its tests did")]
)
def test_a_suite_that_breaks_is_told_and_the_next_run_is_elsewhere(
    series: Watched, code: int, words: str
) -> None:
    report = grade(series, looking("return 'fine'"), probe(f"import os\nos._exit({code})\n"))
    assert (report.verdict, words in report.message) == (Verdict.JUDGE_ERROR, True), told(report)
    assert grade(series, looking("return 'fine'")).verdict is Verdict.PASSED
    assert not is_shared(series)
