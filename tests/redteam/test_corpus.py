"""No attack passes, none breaks the judge, and whoever is graded next notices nothing."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest

from grader.exercise import Exercise
from grader.grading import Grader, without_run
from grader.loading import load_exercise
from grader.submission import InvalidSubmission, check_files
from grader.verdict import Report, Verdict
from tests.redteam.attacks import EXERCISES, Attack, load_corpus
from tests.redteam.watched import WatchedPool

ATTACKS: Final = load_corpus()

LEAST: Final = 80
"""Attacks that the corpus holds, or more."""

LATE: Final = 10.0
"""Seconds past an exercise's limit within which a verdict must be in."""

USUAL: Final = 3.0
"""Seconds that an honest submission may take, with its wait for a sandbox. It takes half of one
where nothing else runs."""

BUSY: Final = 2 * (os.cpu_count() or 1)
"""The load from which on a machine does much else. There the bound is what an honest submission
took just before the attack, times `SLOWER`, and an attack may run into its time limit."""

SLOWER: Final = 4

TRIES: Final = 2
"""Honest submissions of which one must take no longer than usual: what an attack leaves behind
slows all of them, a machine that hesitates slows one."""

SOCKETS: Final = 32 * 2**20
"""Bytes that the whole host's sockets may grow by while an attack runs: the 13 MiB that a sandbox
may have, and what it fills until its runner, which shares the processors with it, has noticed."""

CHARGED_AHEAD: Final = 2**20
"""Bytes by which the kernel's count passes the limit for a moment: pages are counted first, and
given back when there are too many."""

REPORT: Final = 16 * 2**20
"""Characters that a report may have."""

HONEST: Final = defaultdict(lambda: "flask/books-crud", postgres="sql/top-customers")
"""An exercise for whoever is graded after an attack, by the attack's environment."""

BESIDE: Final = ("bombs/busy-processors", "bombs/forks-in-a-request", "bombs/memory-in-children")
"""What takes all that it can get, while somebody else is graded."""

UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that change what a reader's terminal or page shows of the others."""


def marked(attack: Attack) -> Any:
    hole = attack.description.hole
    marks = [pytest.mark.xfail(reason=hole, strict=True)] if hole else []
    return pytest.param(attack, id=attack.name, marks=marks)


@pytest.mark.parametrize("attack", [marked(attack) for attack in ATTACKS])
def test_it_fails_and_harms_nobody(
    attack: Attack,
    pool: WatchedPool,
    record_property: Callable[[str, object], None],
    honest_is_due: Callable[[], bool],
) -> None:
    exercise = attack.exercise()
    environment = exercise.metadata.environment
    honest = attack.description.bomb or honest_is_due()
    usual = usual_seconds(environment, pool) if honest else 0
    report = grade(attack, exercise, pool)
    record_property("verdict", str(report.verdict))
    record_property("seconds", report.phases.get("tests", 0.0))
    check_the_report(attack, report, pool)
    if report.verdict is not Verdict.INVALID:
        check_the_host(exercise, report, pool)
    if honest:
        assert any(honest_seconds(environment, pool) < usual for _ in range(TRIES))
        assert pool.last.traces() == []


@pytest.mark.parametrize("name", BESIDE)
def test_whoever_is_graded_beside_it_passes(name: str, pool: WatchedPool) -> None:
    [attack] = [attack for attack in ATTACKS if attack.name == name]
    exercise = attack.exercise()
    pool.wait_until_full()
    with ThreadPoolExecutor(1) as executor:
        attacked = executor.submit(grade, attack, exercise, pool)
        while not attacked.done():
            honest_seconds(exercise.metadata.environment, pool)
    check_the_report(attack, attacked.result(), pool)


def grade(attack: Attack, exercise: Exercise, pool: WatchedPool) -> Report:
    """Take the attack's way: the files are checked first, as the web process does."""
    try:
        files = check_files(exercise.metadata.wanted, attack.files)
    except InvalidSubmission as refusal:
        return without_run(exercise, Verdict.INVALID, str(refusal))
    return Grader(pool).grade(exercise, files)


def check_the_report(attack: Attack, report: Report, pool: WatchedPool) -> None:
    """It is one that is right, it shows that the attack was tried, and it attacks no reader."""
    told = list(texts(report.as_dict()))
    if not is_excused(report.verdict, pool):
        assert report.verdict in attack.description.verdicts, summary(report)
        shows = attack.description.shows
        unsaid = [word for word in shows if not any(word in text for text in told)]
        assert unsaid == [], summary(report)
    assert [text for text in told if UNSAFE.search(text)] == []
    assert sum(map(len, told)) < REPORT


def is_excused(verdict: Verdict, pool: WatchedPool) -> bool:
    """Whether `verdict` says of this machine how slow it is, or of gVisor what memory it takes."""
    if verdict is Verdict.TIMEOUT:
        return is_busy()
    return verdict is Verdict.OUT_OF_MEMORY and pool.runtime.is_gvisor


def is_busy() -> bool:
    """Whether this machine does so much else that times say little."""
    return os.getloadavg()[0] >= BUSY


def check_the_host(exercise: Exercise, report: Report, pool: WatchedPool) -> None:
    """What was granted was enough, and nothing is left."""
    resident, granted = pool.last, pool.granted(exercise.metadata.environment)
    assert report.phases["tests"] < exercise.metadata.limits.seconds + LATE
    assert resident.peaks.samples > 0
    assert resident.peaks.memory <= granted.memory_mb * 2**20 + CHARGED_AHEAD
    assert resident.peaks.pids <= granted.pids
    assert resident.peaks.sockets < SOCKETS
    assert resident.disks() == []
    assert resident.traces() == []


def usual_seconds(environment: str, pool: WatchedPool) -> float:
    """How long an honest submission may take on this machine now, with warm sandboxes at hand."""
    usual = SLOWER * honest_seconds(environment, pool) if is_busy() else 0
    pool.wait_until_full()
    return max(USUAL, usual)


def honest_seconds(environment: str, pool: WatchedPool) -> float:
    """Grade a right solution, on the same worker. It passes; return the seconds until it does."""
    exercise = load_exercise(EXERCISES / HONEST[environment])
    report = Grader(pool).grade(exercise, exercise.accepted["reference"])
    assert report.verdict is Verdict.PASSED, summary(report)
    return report.phases["sandbox"] + report.phases["tests"]


def summary(report: Report) -> str:
    """What the learner reads first, for whoever reads that a test of this file has failed."""
    tests = [f"{test.outcome}: {test.message}\n{test.output[-1000:]}" for test in report.tests[:3]]
    return "\n".join([f"{report.verdict}. {report.message}", *tests])


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a report, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in texts(part))
    elif isinstance(value, (list, tuple)):
        yield from (text for part in value for text in texts(part))


def test_the_corpus_is_large_and_each_attack_says_what_it_is() -> None:
    assert len(ATTACKS) >= LEAST
    assert [attack.name for attack in ATTACKS if not attack.files] == []
    said = [attack.description.tries for attack in ATTACKS]
    assert len(set(said)) == len(said), "two attacks try the same"
