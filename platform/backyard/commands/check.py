"""`backyard check`: the gate. It also writes each exercise's list of tests."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import click

from backyard.commands.engine import pool_for
from backyard.commands.exercises import exercise_folder, exercises_root
from grader.exercise import Exercise
from grader.gate import GateResult, check
from grader.loading import BrokenExercise, load_unlocked, write_lock
from sandbox.errors import SandboxError
from sandbox.pool import Pool

AT_ONCE: Final = 2
"""Exercises that are checked side by side."""


@click.command("check")
@click.argument("names", nargs=-1, metavar="[EXERCISE]...")
def check_command(names: tuple[str, ...]) -> None:
    """Prove that each EXERCISE (all of them, when none is named) may be shown to learners.

    An exercise that proves itself gets its list of tests written to suite.lock.json.
    """
    folders = [exercise_folder(name) for name in names] or _all_folders()
    loaded = {folder: _load(folder) for folder in folders}
    sound = {folder: found for folder, found in loaded.items() if isinstance(found, Exercise)}
    for folder, problem in loaded.items():
        if isinstance(problem, str):
            _tell(folder, [problem])
    ok = len(sound) == len(loaded)
    try:
        with pool_for(*sound.values(), warm=AT_ONCE) as pool:
            ok &= _check_all(sound, pool)
    except SandboxError as error:
        raise click.ClickException(str(error)) from None
    sys.exit(0 if ok else 1)


def _all_folders() -> list[Path]:
    return [path.parent for path in sorted(exercises_root().glob("*/*/exercise.toml"))]


def _load(folder: Path) -> Exercise | str:
    try:
        return load_unlocked(folder)
    except BrokenExercise as error:
        return str(error)


def _check_all(sound: dict[Path, Exercise], pool: Pool) -> bool:
    ok = True
    with ThreadPoolExecutor(AT_ONCE) as executor:
        results = executor.map(lambda exercise: check(exercise, pool), sound.values())
        for folder, result in zip(sound, results, strict=True):
            ok &= result.ok
            _finish(folder, result)
    return ok


def _finish(folder: Path, result: GateResult) -> None:
    if result.ok:
        write_lock(folder, result.exercise)
    _tell(folder, result.problems, f"{len(result.exercise.tests)} tests")


def _tell(folder: Path, problems: tuple[str, ...] | list[str], what: str = "") -> None:
    name = f"{folder.resolve().parent.name}/{folder.resolve().name}"
    sign, colour = ("✗", "red") if problems else ("✓", "green")
    click.secho(f"{sign} {name} {what}", fg=colour)
    for problem in problems:
        click.echo(f"    {problem}")
