"""Publishes what teachers ask for on their page."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import structlog
from sqlalchemy.orm import Session, sessionmaker

from backyard.catalog.models import SITE
from backyard.publishing.git import GitFailed
from backyard.publishing.outcome import Outcome
from backyard.publishing.run import Publisher
from backyard.publishing.sources import Source, UnusableSource, opened
from backyard.publishing.tables import Origin
from backyard.submissions.tasks import Desk, TaskLost
from backyard.teaching.models import Publication
from backyard.worker.background import held
from backyard.worker.patience import PatientPools
from grader.exercise import Exercise
from grader.gate import Gate, GateResult, Slots
from sandbox.errors import EngineUnavailable

MOST_TRIES: Final = 3

log: Final = structlog.get_logger()


class Publishing:
    """Grants one wish at a time, whatever workers there are."""

    def __init__(
        self, sessions: sessionmaker[Session], exercises: Path, pools: PatientPools
    ) -> None:
        self._desk = Desk(sessions, Publication)
        self._exercises = exercises
        self._pools = pools

    def take_one(self) -> bool:
        """Do the next; return whether there was one. Raises TaskLost."""
        task = self._desk.take(alone=True)
        if task is None:
            return False
        bound = log.bind(publication=task.id, source=task.source)
        with held(self._desk, task):
            try:
                self._do(task)
                bound.info("published")
            except EngineUnavailable as error:
                bound.warning("put back: the engine is away", why=str(error))
                self._desk.release(task)
            except (GitFailed, UnusableSource) as error:
                bound.warning("not published", why=str(error))
                self._desk.fail(task, str(error))
            except TaskLost:
                raise
            except Exception as error:
                bound.exception("publishing failed")
                self._desk.fail(task, f"Something broke on our side: {type(error).__name__}.")
        return True

    def _do(self, task: Publication) -> None:
        if task.tries > MOST_TRIES:
            self._desk.fail(task, f"Gave up: the worker was lost {MOST_TRIES} times.")
            return
        source = Source(task.source, task.ref, is_git=task.source != SITE)
        with opened(source, self._exercises) as found:
            said = _Said(self._desk, task, found.commit)
            origin = Origin(source.address, found.commit, task.requested_by)
            theirs = source.address != SITE
            publisher = Publisher(
                self._desk.sessions, origin, self._prove, said.hear, trusts_lists=not theirs
            )
            publisher.run(found.root)
        self._desk.finish(task)

    def _prove(self, exercise: Exercise) -> GateResult:
        """Run by run, as learners' submissions may come at any time."""
        with self._pools.opened(exercise.metadata.environment) as pool, Slots(1) as slots:
            return Gate(pool, slots).check(exercise)


class _Said:
    """Writes down what becomes of each exercise, for the page that follows. Raises TaskLost."""

    def __init__(self, desk: Desk[Publication], task: Publication, commit: str) -> None:
        self._desk = desk
        self._task = task
        self._commit = commit
        self._outcomes: dict[str, Outcome] = {}

    def hear(self, outcome: Outcome) -> None:
        self._outcomes[outcome.exercise_id] = outcome
        told = [outcome.as_dict() for outcome in self._outcomes.values()]
        with self._desk.sessions.begin() as session:
            values = {"outcomes": told, "source_commit": self._commit}
            self._desk.write(session, self._task, **values)
