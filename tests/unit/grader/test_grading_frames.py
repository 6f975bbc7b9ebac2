"""One submission graded on fake sandboxes: what is sent, and what every ending becomes."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest

from grader.exercise import Exercise
from grader.frames import job_frames
from grader.grading import Grader
from grader.verdict import Outcome, Report, TestResult, Verdict
from sandbox.errors import EngineUnavailable
from sandbox.fake import FakeProvider, FakeSandbox
from sandbox.protocol import Frame, encode
from tests.unit.grader.examples import (
    FIRST,
    PASSES,
    SECOND,
    SUITE,
    collected,
    end,
    exercise,
    fake_pool,
    metadata,
    told,
)

FILES = {"app.py": "the learner's words"}


class Notes:
    """A watcher that notes what it is told."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def phase(self, name: str) -> None:
        self.heard.append(name)

    def test(self, result: TestResult) -> None:
        self.heard.append(f"{result.id} {result.outcome}")

    def pulse(self) -> None:
        self.heard.append("pulse")


def graded(
    script: Iterable[Frame | None], subject: Exercise | None = None, notes: Notes | None = None
) -> tuple[Report, FakeProvider]:
    with fake_pool(script) as (pool, provider):
        report = Grader(pool).grade(subject or exercise(), FILES, notes)
    return report, provider


def used(provider: FakeProvider) -> FakeSandbox:
    [sandbox] = [sandbox for sandbox in provider.started if sandbox.sent]
    return sandbox


def test_a_run_that_passes_is_passed() -> None:
    report, _ = graded(PASSES)
    assert (report.verdict, report.score) == (Verdict.PASSED, 100)
    assert set(report.phases) == {"sandbox", "subject", "tests"}


def test_the_sandbox_gets_the_job_then_the_suite() -> None:
    _, provider = graded(PASSES)
    job, suite = used(provider).sent
    assert (job["type"], suite["type"]) == ("job", "suite")
    wanted = {"kind": "http", "app": "app:app", "isolation": "application", "files": FILES}
    assert job["subject"].items() >= wanted.items()
    assert job["seconds"] == 5
    assert suite["tests"] == {"test_it.py": SUITE}
    assert suite["files"] == FILES


def test_a_watcher_may_end_the_grading_while_the_sandbox_says_nothing() -> None:
    class Impatient(Notes):
        def pulse(self) -> None:
            raise RuntimeError("enough")

    with fake_pool([*PASSES[:1], None, *PASSES[1:]]) as (pool, provider):
        with pytest.raises(RuntimeError, match="enough"):
            Grader(pool).grade(exercise(), FILES, Impatient())
        assert used(provider).sent
    assert used(provider).destroyed


def test_silence_that_the_watcher_bears_is_only_waited_through() -> None:
    notes = Notes()
    report, _ = graded([*PASSES[:1], None, None, *PASSES[1:]], notes=notes)
    assert report.verdict is Verdict.PASSED
    assert notes.heard.count("pulse") == 2


def test_what_the_runner_reads_as_root_holds_nothing_of_the_tests() -> None:
    job, _ = job_frames(exercise(), FILES, {})
    assert b"test_" not in encode(job)
    assert set(job) == {"type", "seconds", "subject", "again"}


def test_a_sandbox_serves_one_submission_and_is_destroyed() -> None:
    with fake_pool(PASSES) as (pool, provider):
        grader = Grader(pool)
        for _ in range(3):
            assert grader.grade(exercise(), FILES).verdict is Verdict.PASSED
    assert [len(s.sent) for s in provider.started if s.sent] == [2, 2, 2]
    assert all(sandbox.destroyed for sandbox in provider.started)


def test_the_watcher_hears_each_test_as_it_ends() -> None:
    notes = Notes()
    graded([collected(), told(FIRST), told(SECOND, "failed"), end()], notes=notes)
    assert notes.heard[-3:] == ["tests", f"{FIRST} passed", f"{SECOND} failed"]


def test_the_watcher_hears_whether_it_must_wait_for_a_sandbox() -> None:
    notes = Notes()
    with fake_pool(PASSES, size=0) as (pool, _):
        Grader(pool).grade(exercise(), FILES, notes)
    assert notes.heard[:2] == ["starting", "tests"]


def test_the_watcher_hears_nothing_of_sandboxes_that_are_warm() -> None:
    notes = Notes()
    with fake_pool(PASSES) as (pool, _):
        while not pool.is_warm("python"):
            time.sleep(0.001)
        Grader(pool).grade(exercise(), FILES, notes)
    assert notes.heard[0] == "tests"


@pytest.mark.parametrize("kept", range(len(PASSES)))
def test_a_stream_that_ends_early_is_a_judge_error_and_never_a_pass(kept: int) -> None:
    report, provider = graded(PASSES[:kept])
    assert report.verdict is Verdict.JUDGE_ERROR
    assert "the stream ended before the verdict was in" in report.message
    assert (report.points, report.score) == (0, 0)
    assert used(provider).destroyed


@pytest.mark.parametrize(
    "script",
    [
        [{"type": "broken", "message": "the suite's own fault"}, end("suite_failed")],
        [collected(()), end()],
        [*PASSES[:-1], told(SECOND), end()],
        [{"type": "test"}],
        [{"type": "surprise"}],
    ],
    ids=["broken suite", "other tests", "told twice", "half a frame", "unknown"],
)
def test_a_failure_of_ours_is_a_judge_error_that_scores_nothing(script: list[Frame]) -> None:
    report, provider = graded(script)
    assert report.verdict is Verdict.JUDGE_ERROR
    assert report.message
    assert {test.outcome for test in report.tests} == {Outcome.NOT_RUN}
    assert used(provider).destroyed


def test_an_environment_that_is_not_there_is_a_judge_error() -> None:
    lost = exercise(metadata=metadata(environment="cobol"))
    report, _ = graded(PASSES, lost)
    assert report.verdict is Verdict.JUDGE_ERROR
    assert "no environment 'cobol'" in report.message


def test_what_comes_after_the_end_is_nobodys_business() -> None:
    report, _ = graded([*PASSES, told(FIRST, "failed"), end("timeout")])
    assert report.verdict is Verdict.PASSED


def test_a_run_that_never_says_its_end_is_a_judge_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.grading.GRACE_SECONDS", -10)
    report, provider = graded(PASSES)
    assert report.verdict is Verdict.JUDGE_ERROR
    assert report.message == "the sandbox did not end its run in time"
    assert used(provider).destroyed


def test_an_engine_that_is_away_is_raised_and_the_same_call_works_later() -> None:
    with fake_pool(PASSES, size=0) as (pool, provider):
        provider.available = False
        with pytest.raises(EngineUnavailable):
            Grader(pool).grade(exercise(), FILES)
        provider.available = True
        assert Grader(pool).grade(exercise(), FILES).verdict is Verdict.PASSED


def test_a_watcher_that_fails_leaves_no_sandbox_behind() -> None:
    class Broken(Notes):
        def test(self, result: TestResult) -> None:
            raise OSError("the database is away")

    with (
        fake_pool(PASSES) as (pool, provider),
        pytest.raises(OSError, match="the database is away"),
    ):
        Grader(pool).grade(exercise(), FILES, Broken())
    assert used(provider).destroyed
