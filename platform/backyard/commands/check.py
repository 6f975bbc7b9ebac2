"""`backyard check`: the gate. It also writes each exercise's list of tests."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Final

import click

from backyard.commands.check_display import Display, display_for
from backyard.commands.checked import Checked
from backyard.commands.engine import pool_for
from backyard.commands.exercises import exercise_folder, exercises_root
from grader.exercise import Exercise
from grader.gate import AT_ONCE, Gate, GateResult, Slots, read
from grader.loading import write_lock
from sandbox.errors import SandboxError

EXERCISES_AT_ONCE: Final = 2
"""Exercises whose runs are in line: enough that there is always one to make, and few enough that
their sandboxes, `AT_ONCE` each, fit into memory."""


@click.command("check")
@click.argument("names", nargs=-1, metavar="[EXERCISE]...")
@click.option("--all", "everything", is_flag=True, help="Check all; so it is when none is named.")
@click.option("--mutants", is_flag=True, help="Change an accepted solution; do the tests notice?")
@click.option("--json", "as_json", is_flag=True, help="Print the results as one JSON array.")
def check_command(names: tuple[str, ...], everything: bool, mutants: bool, as_json: bool) -> None:
    """Prove that each EXERCISE (all of them, when none is named) may be shown to learners.

    An exercise that proves itself gets its list of tests written to suite.lock.json. The exit code
    says: 0 all do, 1 some do not, 2 bad use.
    """
    named = [] if everything else [exercise_folder(name) for name in names]
    folders = {_id(folder): folder for folder in named or _all_folders()}
    with display_for(list(folders), as_json) as display:
        try:
            ok = _Checking(folders, display, mutants).run()
        except SandboxError as error:
            raise click.ClickException(str(error)) from None
    sys.exit(0 if ok else 1)


def _all_folders() -> list[Path]:
    return [path.parent for path in sorted(exercises_root().glob("*/*/exercise.toml"))]


def _id(folder: Path) -> str:
    return "/".join(folder.resolve().parts[-2:])


class _Checking:
    """Checks the exercises in `folders`, by id, and shows what comes of each as it comes."""

    def __init__(self, folders: dict[str, Path], display: Display, mutants: bool) -> None:
        self._folders = folders
        self._display = display
        self._mutants = mutants
        self._ok = True

    def run(self) -> bool:
        """Return whether all prove themselves. Raises SandboxError."""
        sound: list[Exercise] = []
        for name, folder in self._folders.items():
            found = read(folder)
            if isinstance(found, Exercise):
                sound.append(found)
            else:
                self._finish(Checked(name, tuple(map(str, found))))
        if sound:
            self._check(sound)
        return self._ok

    def _check(self, sound: list[Exercise]) -> None:
        with pool_for(*sound, warm=1) as pool, Slots(AT_ONCE) as slots:
            gate = Gate(pool, slots, self._display)
            with ThreadPoolExecutor(EXERCISES_AT_ONCE) as executor:
                try:
                    for done in as_completed([executor.submit(self._one, gate, e) for e in sound]):
                        self._finish(done.result())
                except BaseException:  # Ctrl-C too: nothing more is begun, and no container stays
                    slots.stop()
                    executor.shutdown(wait=False, cancel_futures=True)
                    raise

    def _one(self, gate: Gate, exercise: Exercise) -> Checked:
        result = gate.check(exercise)
        problems, count = tuple(map(str, result.problems)), len(result.exercise.tests)
        if not (self._mutants and result.ok):
            return self._locked(Checked(exercise.id, problems, count), result)
        found = gate.mutate(result.exercise)
        problems, survivors = tuple(map(str, found.problems)), tuple(found.told())
        return self._locked(Checked(exercise.id, problems, count, found.score, survivors), result)

    def _locked(self, checked: Checked, result: GateResult) -> Checked:
        if checked.ok:
            write_lock(self._folders[checked.id], result.exercise)
        return checked

    def _finish(self, checked: Checked) -> None:
        self._ok &= checked.ok
        self._display.finished(checked)
