"""What becomes of one claim."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest

from backyard.queue.interface import Claim, QueueAway
from backyard.queue.memory import MemoryQueue
from backyard.submissions.lifecycle import Ending, Kind, SubmissionState
from backyard.worker.grading import CHECK, TOGETHER
from grader.exercise import Exercise
from grader.frames import ORDINARY, VISIBLE
from grader.grading import Watcher
from grader.parsing import BrokenExercise
from grader.verdict import Outcome, Report, TestResult, Verdict
from sandbox.errors import EngineUnavailable
from tests.unit.worker.conftest import Bench, fails_us, passes, results


def test_a_verdict_is_stored(bench: Bench) -> None:
    entry = bench.hand_in()
    bench.grading.run(bench.claim())
    assert entry.state is SubmissionState.DONE
    assert entry.report is not None
    assert entry.report.verdict is Verdict.PASSED


def test_all_tests_are_run_of_what_was_handed_in(bench: Bench) -> None:
    bench.hand_in()
    bench.grading.run(bench.claim())
    assert bench.ways == [ORDINARY]


def test_the_visible_tests_alone_are_run_of_a_run(bench: Bench) -> None:
    bench.hand_in(Kind.RUN)
    bench.grading.run(bench.claim())
    assert bench.ways == [VISIBLE]


def test_what_comes_in_is_stored_while_the_grading_goes_on(bench: Bench) -> None:
    entry = bench.hand_in()
    seen: list[tuple[str, int]] = []

    def grade(exercise: Exercise, files: Mapping[str, str], watcher: Watcher) -> Report:
        watcher.phase("starting")
        seen.append((entry.phase, len(entry.results)))
        watcher.test(results()[0])
        seen.append((entry.phase, len(entry.results)))
        return passes(exercise, files, watcher)

    bench.grade = grade
    bench.grading.run(bench.claim())
    assert seen == [("starting", 0), ("starting", 1)]


def test_results_that_come_thick_and_fast_are_stored_together(bench: Bench) -> None:
    entry = bench.hand_in()
    stored: list[int] = []

    def quick(exercise: Exercise, files: Mapping[str, str], watcher: Watcher) -> Report:
        for result in results():
            watcher.test(result)
            stored.append(len(entry.results))
        watcher.pulse()  # a silence: nothing more is to be waited for
        stored.append(len(entry.results))
        return passes(exercise, files, watcher)

    bench.grade = quick
    bench.grading.run(bench.claim())
    assert stored == [1, 1, 2]


def test_a_slow_suites_results_are_stored_one_by_one(bench: Bench) -> None:
    entry = bench.hand_in()
    stored: list[int] = []

    def slow(exercise: Exercise, files: Mapping[str, str], watcher: Watcher) -> Report:
        for result in results():
            time.sleep(TOGETHER)
            watcher.test(result)
            stored.append(len(entry.results))
        return passes(exercise, files, watcher)

    bench.grade = slow
    bench.grading.run(bench.claim())
    assert stored == [1, 2]


def test_the_report_says_what_storing_took(bench: Bench) -> None:
    entry = bench.hand_in()
    bench.grading.run(bench.claim())
    assert entry.report is not None
    assert entry.report.phases["store"] > 0


def test_a_failure_of_ours_is_tried_four_times_with_growing_pauses(bench: Bench) -> None:
    bench.grade = fails_us
    entry = bench.hand_in()
    for pause in (2, 8, 30):
        bench.grading.run(bench.claim())
        assert entry.state is SubmissionState.QUEUED
        bench.clock.forward(pause - 0.1)
        assert bench.queue.claim("worker") is None
        bench.clock.forward(0.2)
    bench.grading.run(bench.claim())
    assert entry.state is SubmissionState.DONE
    assert entry.endings == [Ending.JUDGE_ERROR] * 4


def test_a_final_failure_of_ours_scores_nothing_and_tells_only_operators_why(bench: Bench) -> None:
    bench.grade = fails_us
    entry = bench.hand_in()
    for _ in range(4):
        bench.grading.run(bench.claim())
        bench.clock.forward(31)
    assert entry.report is not None
    assert (entry.report.verdict, entry.report.points) == (Verdict.JUDGE_ERROR, 0)
    assert (entry.report.message, entry.cause) == ("", "it broke")


def test_a_failure_that_passes_is_no_failure(bench: Bench) -> None:
    bench.grade = fails_us
    entry = bench.hand_in()
    bench.grading.run(bench.claim())
    bench.clock.forward(3)
    bench.grade = passes
    bench.grading.run(bench.claim())
    assert entry.report is not None
    assert entry.report.verdict is Verdict.PASSED


def test_an_exception_in_the_grader_is_a_failure_of_ours(bench: Bench) -> None:
    def explodes(exercise: Exercise, files: Mapping[str, str], watcher: Watcher) -> Report:
        raise RuntimeError("a bug")

    bench.grade = explodes
    entry = bench.hand_in()
    bench.grading.run(bench.claim())
    assert entry.endings == [Ending.JUDGE_ERROR]
    assert entry.cause == "RuntimeError: a bug"


def test_a_broken_exercise_is_a_failure_of_ours(bench: Bench) -> None:
    def broken(exercise_id: str, content_hash: str) -> Exercise:
        raise BrokenExercise("exercise.toml is missing.")

    bench.find = broken
    entry = bench.hand_in()
    bench.grading.run(bench.claim())
    assert entry.endings == [Ending.JUDGE_ERROR]
    assert entry.cause == "The exercise is broken: exercise.toml is missing."


def test_while_the_engine_is_away_no_try_is_counted(bench: Bench) -> None:
    def away(exercise: Exercise, files: Mapping[str, str], watcher: Watcher) -> Report:
        raise EngineUnavailable("no socket")

    bench.grade = away
    entry = bench.hand_in()
    for _ in range(10):
        bench.grading.run(bench.claim())
        bench.clock.forward(2)
    assert entry.state is SubmissionState.QUEUED
    assert entry.tries == 0
    assert entry.endings == [Ending.ENGINE_AWAY] * 10


def test_a_sandbox_that_broke_because_the_engine_went_away_counts_no_try(bench: Bench) -> None:
    bench.grade = fails_us
    bench.engine_is_there = False
    entry = bench.hand_in()
    bench.grading.run(bench.claim())
    assert (entry.endings, entry.tries) == ([Ending.ENGINE_AWAY], 0)


def test_a_submission_that_kills_every_worker_is_given_up(bench: Bench) -> None:
    entry = bench.hand_in()
    for _ in range(4):
        bench.claim()
        bench.clock.forward(11)
    bench.grade = lambda *job: pytest.fail("it must not be run again")
    bench.grading.run(bench.claim())
    assert entry.report is not None
    assert entry.report.verdict is Verdict.JUDGE_ERROR
    assert entry.cause == "Gave up: the worker was lost 4 times."


def test_a_queue_that_is_away_for_a_while_costs_neither_try_nor_verdict(bench: Bench) -> None:
    class Stuck(MemoryQueue):
        away = 0

        def tests(self, claim: Claim, results: Mapping[int, TestResult]) -> None:
            raise QueueAway("disk is full")

        def finish(self, claim: Claim, report: Report, cause: str = "") -> None:
            self.away += 1
            if self.away < 3:
                raise QueueAway("disk is full")
            super().finish(claim, report, cause)

    bench.queue = Stuck(bench.clock, bench.clock.ticks)
    entry = bench.hand_in()
    bench.grading.run(bench.claim())
    assert entry.endings == [Ending.GRADED]
    assert len(entry.results) == 2


def test_a_queue_that_is_back_after_another_took_over_is_left_alone(bench: Bench) -> None:
    class Stuck(MemoryQueue):
        is_away = True

        def finish(self, claim: Claim, report: Report, cause: str = "") -> None:
            if self.is_away:
                self.is_away = False
                bench.clock.forward(11)
                bench.claim()
                raise QueueAway("disk is full")
            super().finish(claim, report, cause)

    bench.queue = Stuck(bench.clock, bench.clock.ticks)
    entry = bench.hand_in()
    bench.grading.run(bench.claim())
    assert entry.endings == [Ending.LOST, None]
    assert entry.report is None


def test_a_cancelled_submission_ends_its_grading_while_no_result_comes_in(bench: Bench) -> None:
    entry = bench.hand_in()
    went_on = False

    def endless(exercise: Exercise, files: Mapping[str, str], watcher: Watcher) -> Report:
        nonlocal went_on
        watcher.pulse()
        bench.queue.cancel(entry.id)
        time.sleep(CHECK)
        watcher.pulse()
        went_on = True
        return passes(exercise, files, watcher)

    bench.grade = endless
    bench.grading.run(bench.claim())
    assert not went_on
    assert (entry.state, entry.report) == (SubmissionState.CANCELLED, None)
    assert entry.endings == [Ending.CANCELLED]


def test_a_lost_lease_ends_the_grading_and_writes_nothing(bench: Bench) -> None:
    entry = bench.hand_in()
    went_on = False

    def slow(exercise: Exercise, files: Mapping[str, str], watcher: Watcher) -> Report:
        nonlocal went_on
        bench.clock.forward(11)
        bench.claim()
        watcher.test(results(Outcome.FAILED)[0])
        went_on = True
        return passes(exercise, files, watcher)

    bench.grade = slow
    bench.grading.run(bench.claim())
    assert not went_on
    assert entry.results == {}
    assert entry.endings == [Ending.LOST, None]
