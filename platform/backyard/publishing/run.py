"""Publishes all exercises of one folder: reads each, has it proved where it must be, stores it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from backyard.publishing import tables
from backyard.publishing.outcome import Outcome, What
from backyard.publishing.tables import Origin, Refused
from grader.exercise import Exercise
from grader.gate import GateResult, Problem, look_at_pages, out_of_order, read
from grader.gate.order import Order
from grader.loading import exercise_folders, prerequisites, read_folder
from grader.parsing import (
    LOCK,
    BrokenExercise,
    Files,
    lock_text,
    parse,
    parse_published,
    parse_unlocked,
)

Prove = Callable[[Exercise], GateResult]
"""`grader.gate.check` with a pool."""


class Unproved(Exception):
    """The gate found something; the message has a line for each problem."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes what is in a folder, as coming from `origin`.

    `prove` is asked about each exercise whose list of tests was not made of the very files; without
    it such an exercise is left out. `tell` hears each outcome, and before it that the exercise is
    being checked; what it raises ends all. Without `trusts_lists` whatever is new goes through the
    gate, though it brings a list of tests along: anybody can make one.
    """

    sessions: sessionmaker[Session]
    origin: Origin
    prove: Prove | None = None
    tell: Callable[[Outcome], None] = lambda outcome: None
    trusts_lists: bool = True

    def run(self, root: Path) -> list[Outcome]:
        """Publish every exercise below `root`, and retire what `origin` has no more.

        Each is committed by itself: one that is broken takes nothing else down. Raises
        sandbox.errors.EngineUnavailable; what was published until then stays.
        """
        folders, order = exercise_folders(root), prerequisites(root)
        outcomes = [self._one(name, folder, order) for name, folder in folders.items()]
        with self.sessions.begin() as session:
            retired = tables.retire_others(session, folders.keys(), self.origin)
            tables.sort(session)
        for outcome in retired:
            self.tell(outcome)
        return outcomes + retired

    def _one(self, exercise_id: str, folder: Path, order: Order) -> Outcome:
        self.tell(Outcome(exercise_id, What.CHECKING))
        outcome = self._published(exercise_id, folder, order)
        self.tell(outcome)
        return outcome

    def _published(self, exercise_id: str, folder: Path, order: Order) -> Outcome:
        try:
            with self.sessions() as session:
                tables.refuse_others(session, exercise_id, self.origin)
            exercise, files = self._sound(exercise_id, folder)
            if problems := out_of_order(exercise, order):
                raise Unproved(problems)
            with self.sessions.begin() as session:
                return tables.publish(session, exercise, files, self.origin)
        except Refused as error:
            return Outcome(exercise_id, What.LEFT_OUT, reason=str(error))
        except (BrokenExercise, Unproved) as error:
            with self.sessions.begin() as session:
                return tables.leave_out(session, exercise_id, str(error), self.origin)

    def _sound(self, exercise_id: str, folder: Path) -> tuple[Exercise, Files]:
        """Return the exercise with a list of tests that holds. Raises BrokenExercise, Unproved."""
        track, slug = exercise_id.split("/")
        files: Files = read_folder(folder)
        published = self._as_published(track, slug, files)
        try:
            exercise = parse(track, slug, files)
        except BrokenExercise:
            files = published or self._proved(track, slug, folder)
        else:
            if published is not None or self._is_trusted(exercise):
                return exercise, files
            files = self._proved(track, slug, folder)
        return parse_published(track, slug, files), files

    def _is_trusted(self, exercise: Exercise) -> bool:
        """Whether a list of tests that was made of the very files is believed. It says nothing of
        statement and hints. Raises Unproved for those."""
        if not self.trusts_lists:
            return False
        if problems := look_at_pages(exercise):
            raise Unproved(problems)
        return True

    def _as_published(self, track: str, slug: str, files: Files) -> Files | None:
        """What learners get now, if all of that but the list of tests is the same."""
        try:
            exercise = parse_unlocked(track, slug, files)
        except BrokenExercise:
            return None
        with self.sessions() as session:
            return tables.current_files(session, exercise)

    def _proved(self, track: str, slug: str, folder: Path) -> Files:
        """The folder's files with a new list of tests. Without a gate, raises what is wrong with
        the old one."""
        files = read_folder(folder)
        if self.prove is None:
            parse(track, slug, files)
            return files
        if isinstance(problems := read(folder), tuple):
            raise Unproved(problems)
        result = self.prove(parse_unlocked(track, slug, files))
        if not result.ok:
            raise Unproved(result.problems)
        return {**files, LOCK: lock_text(result.exercise)}
