"""Shows an exercise as it is saved, and has the gate look at it: over and over, until told to stop.

It writes to the preview's own database and nowhere near the author's folder.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session, sessionmaker

from backyard.preview.state import State
from backyard.publishing import tables
from backyard.publishing.tables import Origin
from grader.exercise import Exercise
from grader.gate import AT_ONCE, Gate, NotCollected, Slots, Stopped, collect, read
from grader.loading import BrokenExercise, read_folder
from grader.parsing import LOCK, lock_text, parse_published
from grader.verdict import Test
from sandbox.errors import SandboxError
from sandbox.pool import Pool

LOOK_SECONDS: Final = 0.4
"""How long to wait between two looks at the folder."""

Tell = Callable[[State], None]


class Proving:
    """Follows the exercise in `folder`. `tell` hears each new state."""

    def __init__(
        self, folder: Path, pool: Pool, sessions: sessionmaker[Session], tell: Tell
    ) -> None:
        self._folder = folder.resolve()
        self._pool = pool
        self._sessions = sessions
        self._tell = _Telling(State("/".join(self._folder.parts[-2:])), tell)
        self._tests: tuple[Mapping[str, str], tuple[Test, ...]] | None = None

    def run(self, stopping: threading.Event) -> None:
        """Show and prove what is saved, until `stopping` is set."""
        seen: Mapping[str, str] | None = None
        while not stopping.is_set():
            files = self._files()
            if files == seen:
                stopping.wait(LOOK_SECONDS)
                continue
            seen = files
            self._follow(files, stopping)

    def _files(self) -> Mapping[str, str]:
        """The folder's texts; where it can't be read, nothing, until it can."""
        try:
            files = dict(read_folder(self._folder))
        except BrokenExercise:
            return {}
        files.pop(LOCK, None)
        return files

    def _follow(self, files: Mapping[str, str], stopping: threading.Event) -> None:
        """Show the exercise and prove it, but stop at once when something else is saved."""
        found = read(self._folder)
        if not isinstance(found, Exercise):
            self._tell.checked(list(map(str, found)))
            return
        self._tell.begins()
        try:
            with Slots(AT_ONCE) as slots:
                watch = threading.Thread(
                    target=self._stop_when_saved, args=[files, slots, stopping], daemon=True
                )
                watch.start()
                self._prove(self._shown(found, files), slots)
        except Stopped:
            pass
        except NotCollected as error:
            self._tell.checked([str(error.problem)])
        except SandboxError as error:
            self._tell.checked([f"The sandbox can't be used: {error}."])
        except BrokenExercise as error:
            self._tell.checked([str(error)])
        except Exception as error:  # the next save may be better
            self._tell.checked([f"The gate itself failed: {error!r}."])

    def _stop_when_saved(
        self, files: Mapping[str, str], slots: Slots, stopping: threading.Event
    ) -> None:
        while not self._tell.is_over and not stopping.wait(LOOK_SECONDS):
            if self._files() != files:
                break
        if not self._tell.is_over:
            slots.stop()

    def _shown(self, exercise: Exercise, files: Mapping[str, str]) -> Exercise:
        """Put the exercise into the catalogue with its list of tests, proved or not."""
        if self._tests is None or self._tests[0] != exercise.suite:
            self._tests = exercise.suite, collect(exercise, self._pool).tests
        listed = replace(exercise, tests=self._tests[1])
        whole = {**files, LOCK: lock_text(listed)}
        with self._sessions.begin() as session:
            parsed = parse_published(exercise.track, exercise.slug, whole)
            tables.publish(session, parsed, whole, Origin())
        self._tell.shown()
        return exercise

    def _prove(self, exercise: Exercise, slots: Slots) -> None:
        result = Gate(self._pool, slots, self._tell).check(exercise)
        self._tell.checked(list(map(str, result.problems)))


class _Telling:
    """Keeps the state and tells each new one. The gate's threads call it, too."""

    def __init__(self, state: State, tell: Tell) -> None:
        self.is_over = True
        self._state = state
        self._send = tell
        self._lock = threading.Lock()
        self._send(state)

    def begins(self) -> None:
        """The gate sets to work."""
        self.is_over = False
        self._change(lambda state: replace(state, planned=0, ran=0))

    def shown(self) -> None:
        """Pages have something new to show."""
        self._change(lambda state: replace(state, version=state.version + 1))

    def checked(self, problems: list[str]) -> None:
        """The gate has looked at everything."""
        self.is_over = True
        over = {"problems": problems, "checked": True, "planned": None, "ran": None}
        self._change(lambda state: replace(state, **over))  # type: ignore[arg-type]  # its fields

    def planned(self, exercise_id: str, count: int) -> None:
        """See grader.gate.Progress."""
        self._change(lambda state: replace(state, planned=(state.planned or 0) + count))

    def ran(self, exercise_id: str) -> None:
        """See grader.gate.Progress."""
        self._change(lambda state: replace(state, ran=(state.ran or 0) + 1))

    def _change(self, change: Callable[[State], State]) -> None:
        with self._lock:
            self._state = change(self._state)
            self._send(self._state)
