"""Grades anew what regrades hold, while no submission waits. Writes to their own rows alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from backyard.submissions.models import Submission
from backyard.submissions.results import result_values
from backyard.submissions.tasks import Desk, TaskLost
from backyard.teaching.models import Regrade, RegradeEntry
from backyard.worker.background import held
from backyard.worker.patience import PatientPools
from backyard.worker.shelf import Shelf
from grader.compiling import Compiler
from grader.exercise import Exercise
from grader.grading import Grader
from grader.parsing import BrokenExercise
from grader.text import clean
from grader.verdict import Report, Verdict
from sandbox.errors import EngineUnavailable

MOST_TRIES: Final = 3
"""After so many failures of ours a submission keeps the verdict that it has."""

BATCH: Final = 20
"""Submissions that are graded in a row; then publications have their turn."""

log: Final = structlog.get_logger()


class Regrading:
    """Grades the entries of regrades, one by one."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        shelf: Shelf,
        pools: PatientPools,
        compiler: Compiler | None = None,
    ) -> None:
        self._desk = Desk(sessions, RegradeEntry)
        self._shelf = shelf
        self._pools = pools
        self._compiler = compiler

    def take_some(self) -> bool:
        """Grade the next few of one regrade; return whether there were any."""
        entry = self._desk.take()
        if entry is None:
            return False
        exercise = self._exercise(entry)
        if exercise is None:
            return True
        of_the_same = RegradeEntry.regrade_id == entry.regrade_id
        with self._pools.opened(exercise.metadata.environment) as pool:
            grader = Grader(pool, self._compiler)
            for _ in range(BATCH):
                if entry is None or not self._grade(grader, exercise, entry):
                    break
                entry = self._desk.take(of_the_same)
        return True

    def _exercise(self, entry: RegradeEntry) -> Exercise | None:
        """The version that the regrade is about; None where it can't be had, which is said."""
        with self._desk.sessions() as session:
            regrade = session.get(Regrade, entry.regrade_id)
        try:
            if regrade is not None:
                return self._shelf.get(regrade.exercise_id, regrade.content_hash)
        except BrokenExercise as error:
            self._desk.fail(entry, f"The exercise is broken: {error}")
        return None

    def _grade(self, grader: Grader, exercise: Exercise, entry: RegradeEntry) -> bool:
        """Grade one; return whether to go on with others."""
        bound = log.bind(regrade=entry.regrade_id, submission=entry.submission_id)
        try:
            if entry.tries > MOST_TRIES:
                self._desk.fail(entry, f"Gave up: the worker was lost {MOST_TRIES} times.")
                return True
            files = self._files(entry)
            if exercise.metadata.wanted.refusal(files):
                self._desk.fail(entry, "It was handed in with other files than this version takes.")
                return True
            with held(self._desk, entry):
                self._settle(entry, grader.grade(exercise, files))
            bound.info("graded anew")
        except EngineUnavailable as error:
            bound.warning("put back: the engine is away", why=str(error))
            self._desk.release(entry)
            return False
        except TaskLost:
            bound.warning("stopped: the regrade was dropped, or somebody else has it")
        return True

    def _files(self, entry: RegradeEntry) -> Mapping[str, str]:
        wanted = select(Submission.files).where(Submission.id == entry.submission_id)
        with self._desk.sessions() as session:
            return session.scalars(wanted).one()

    def _settle(self, entry: RegradeEntry, report: Report) -> None:
        if report.verdict is not Verdict.JUDGE_ERROR:
            self._desk.finish(entry, **_values(report))
        elif entry.tries < MOST_TRIES:
            self._desk.release(entry, counts=True)
        else:
            self._desk.fail(entry, clean(report.message) or "The grader said nothing.")


def _values(report: Report) -> dict[str, object]:
    """The columns of an entry that hold a verdict."""
    return {
        "verdict": report.verdict,
        "points": report.points,
        "max_points": report.max_points,
        "score": report.score,
        "message": report.message,
        "phases": dict(report.phases),
        "results": [result_values(place, result) for place, result in enumerate(report.tests)],
    }
