"""The exercises as they were published, each read from the database once."""

from __future__ import annotations

from threading import Lock
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from backyard.catalog.models import ExerciseRow, ExerciseVersion
from grader.exercise import Exercise
from grader.parsing import BrokenExercise, parse_published

MOST: Final = 100
"""Versions that are kept at hand; one takes a few tens of kilobytes."""


class Shelf:
    """Finds published versions. Threads may share it."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions
        self._loaded: dict[tuple[str, str], Exercise] = {}
        self._lock = Lock()

    def get(self, exercise_id: str, content_hash: str) -> Exercise:
        """The exercise `track/slug` as it was with that content hash, or else as it is now.

        Raises grader.parsing.BrokenExercise where it was never published.
        """
        with self._lock:
            wanted = (exercise_id, content_hash)
            if wanted not in self._loaded:
                version = self._read(exercise_id, content_hash)
                wanted = (exercise_id, version.content_hash)
                self._keep(version)
            return self._loaded[wanted]

    def _read(self, exercise_id: str, content_hash: str) -> ExerciseVersion:
        present = select(ExerciseRow.content_hash).where(ExerciseRow.id == exercise_id)
        with self._sessions() as session:
            for wanted in (content_hash, session.scalar(present)):
                version = session.scalar(
                    select(ExerciseVersion).where(
                        ExerciseVersion.exercise_id == exercise_id,
                        ExerciseVersion.content_hash == wanted,
                    )
                )
                if version is not None:
                    return version
        raise BrokenExercise("No version of it is published. Run `backyard sync`.")

    def _keep(self, version: ExerciseVersion) -> None:
        if len(self._loaded) >= MOST:
            self._loaded.clear()
        track, slug = version.exercise_id.split("/")
        exercise = parse_published(track, slug, version.files)
        self._loaded[version.exercise_id, version.content_hash] = exercise
