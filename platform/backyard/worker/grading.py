"""What a worker does with one claim: have it graded, and see to what comes of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import structlog

from backyard.queue.interface import Claim, LeaseLost, Queue, QueueAway, Setback
from backyard.submissions.lifecycle import Ending, Kind
from grader.exercise import Exercise
from grader.frames import ORDINARY, VISIBLE, Way
from grader.grading import Watcher
from grader.parsing import BrokenExercise
from grader.text import clean
from grader.verdict import Report, TestResult, Verdict
from sandbox.errors import EngineUnavailable

T = TypeVar("T")

PAUSES: Final = (2.0, 8.0, 30.0)
"""Seconds to wait after the first, second and third failure of ours. The fourth is final."""

AWAY_PAUSE: Final = 1.0
"""Seconds that a submission rests when the engine went away under it."""

CHECK: Final = 0.5
"""Seconds between two looks whether a submission was cancelled while its sandbox says nothing."""

INSISTENCE: Final = 600.0
"""Seconds for which a slot tries to store what came out while the disk is full, say."""

AGAIN: Final = 0.5
"""Seconds between two such tries."""

WAYS: Final[Mapping[Kind, Way]] = {Kind.SUBMIT: ORDINARY, Kind.RUN: VISIBLE}
"""How the tests are run for each kind of claim."""

TOGETHER: Final = 0.1
"""Seconds within which results are written at once: nobody sees tests come in faster than that."""

Grade = Callable[[Exercise, Mapping[str, str], Watcher, Way], Report]
"""`grader.grading.Grader.grade`."""

log: Final = structlog.get_logger()


class Recorder:
    """A `grader.grading.Watcher` that stores what it hears. Raises LeaseLost: grading ends.

    A write costs more than a quick test does, so results that come thick and fast go into the
    database together. `seconds` is what all the writing took.
    """

    def __init__(self, queue: Queue, claim: Claim, exercise: Exercise) -> None:
        self.seconds = 0.0
        self._queue = queue
        self._claim = claim
        self._positions = {test.id: place for place, test in enumerate(exercise.tests)}
        self._unwritten: dict[int, TestResult] = {}
        self._next_write = 0.0
        self._next_check = 0.0

    def phase(self, name: str) -> None:
        """Store how far the grading is."""
        with self._timed():
            self._queue.phase(self._claim, name)

    def test(self, result: TestResult) -> None:
        """Store one test's result, at the latest with those of the next `TOGETHER` seconds."""
        self._unwritten[self._positions[result.id]] = result
        if time.monotonic() >= self._next_write:
            self._write()

    def pulse(self) -> None:
        """Store what is not; see that the claim still holds: its learner may have cancelled it."""
        if self._unwritten:
            self._write()
        elif time.monotonic() >= self._next_check:
            with self._timed():
                self._queue.check(self._claim)
            self._next_check = time.monotonic() + CHECK

    def _write(self) -> None:
        with self._timed():
            self._queue.tests(self._claim, self._unwritten)
            self._unwritten = {}
        self._next_write = time.monotonic() + TOGETHER

    @contextmanager
    def _timed(self) -> Iterator[None]:
        """Let pass that nothing can be written now: the verdict will bring it all."""
        began = time.monotonic()
        try:
            yield
        except QueueAway as error:
            log.warning("a result is not stored yet", why=str(error))
        self.seconds += time.monotonic() - began


@dataclass(frozen=True, slots=True)
class Grading:
    """Grades claims.

    `find` gives an exercise by its id and the content hash that is wanted, `engine_is_there` asks
    whether it is.
    """

    queue: Queue
    find: Callable[[str, str], Exercise]
    grade: Grade
    engine_is_there: Callable[[], bool]

    def run(self, claim: Claim) -> None:
        """Grade one claim to its end: a verdict, or back into the queue. Logs, raises nothing
        that is of the submission's making."""
        bound = log.bind(
            submission=claim.submission_id, exercise=claim.exercise_id, attempt=claim.number
        )
        try:
            report = self._report(claim)
            final = _insist(lambda: self._settle(claim, report))
            if report.verdict is Verdict.JUDGE_ERROR:
                bound.error("judge error", final=final, why=report.message)
            else:
                bound.info("graded", verdict=str(report.verdict))
        except EngineUnavailable as error:
            bound.warning("put back: the engine is away", why=str(error))
            self._put_back(claim, str(error))
        except LeaseLost:
            bound.warning("stopped: it was cancelled, or somebody else has it now")

    def _report(self, claim: Claim) -> Report:
        """Grade; whatever goes wrong on our side is a judge error, its message the cause."""
        if claim.tries > len(PAUSES) + 1:
            return _judge_error(claim, f"Gave up: the worker was lost {claim.tries - 1} times.")
        try:
            exercise = self.find(claim.exercise_id, claim.content_hash)
            way = WAYS[claim.kind]
            recorder = Recorder(self.queue, claim, way.part(exercise))
            report = self.grade(exercise, claim.files, recorder, way)
            return replace(report, phases={**report.phases, "store": recorder.seconds})
        except (EngineUnavailable, LeaseLost):
            raise
        except BrokenExercise as error:
            return _judge_error(claim, f"The exercise is broken: {error}")
        except Exception as error:
            log.exception("grading failed", submission=claim.submission_id)
            return _judge_error(claim, f"{type(error).__name__}: {error}")

    def _settle(self, claim: Claim, report: Report) -> bool:
        """Store the verdict, or put the submission back for another try; return which."""
        if report.verdict is not Verdict.JUDGE_ERROR:
            self.queue.finish(claim, report)
            return True
        if not self.engine_is_there():
            raise EngineUnavailable(report.message)
        if claim.tries > len(PAUSES):
            # The learner reads a sentence of ours; what broke is for operators.
            self.queue.finish(claim, replace(report, message=""), cause=clean(report.message))
            return True
        pause = PAUSES[claim.tries - 1]
        self.queue.release(claim, Setback(Ending.JUDGE_ERROR, clean(report.message), pause))
        return False

    def _put_back(self, claim: Claim, cause: str) -> None:
        with suppress(LeaseLost):
            setback = Setback(Ending.ENGINE_AWAY, cause, AWAY_PAUSE)
            _insist(lambda: self.queue.release(claim, setback))


def _insist(write: Callable[[], T]) -> T:
    """Call `write` until the queue takes it: a verdict is at hand, and costs more than patience.

    Ends with LeaseLost where somebody else could write in the meantime.
    """
    end = time.monotonic() + INSISTENCE
    while True:
        try:
            return write()
        except QueueAway as error:
            if time.monotonic() > end:
                raise
            log.warning("what came out is not stored yet", why=str(error))
            time.sleep(AGAIN)


def _judge_error(claim: Claim, cause: str) -> Report:
    return Report(claim.exercise_id, "", Verdict.JUDGE_ERROR, (), cause)
