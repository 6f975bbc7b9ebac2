"""`backyard grade`: one folder, graded as the worker would, without web or database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import click

from backyard.commands.engine import pool_for
from backyard.commands.exercises import exercise_folder
from backyard.commands.printing import print_report, print_test
from backyard.commands.usage import BadUse, StrictCommand
from grader.exercise import Exercise
from grader.grading import Grader, without_run
from grader.loading import BrokenExercise, load_exercise
from grader.names import Wanted
from grader.submission import InvalidSubmission, check_files
from grader.verdict import Report, TestResult, Verdict
from sandbox.errors import SandboxError

NOT_PASSED: Final = 1
JUDGE_ERROR: Final = 2


class _Printer:
    def phase(self, name: str) -> None:
        if name == "starting":
            click.echo("Starting a sandbox …", err=True)

    def test(self, result: TestResult) -> None:
        print_test(result)

    def pulse(self) -> None:
        pass


@click.command("grade", cls=StrictCommand)
@click.argument("exercise")
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as one JSON object.")
def grade_command(exercise: str, directory: Path, as_json: bool) -> None:
    """Grade the files in DIRECTORY as a submission to EXERCISE.

    EXERCISE is `track/slug` or an exercise's folder. The exit code says: 0 passed, 1 not passed,
    2 the judge failed, 64 bad use.
    """
    loaded = _load(exercise)
    if not directory.is_dir():
        raise BadUse(f"{directory} is no folder.")
    report = _grade(loaded, directory, None if as_json else _Printer())
    if as_json:
        click.echo(json.dumps(report.as_dict(), indent=2))
    else:
        print_report(report)
    sys.exit(_exit_code(report.verdict))


def _load(name: str) -> Exercise:
    try:
        return load_exercise(exercise_folder(name))
    except BrokenExercise as error:
        raise BadUse(f"The exercise {name} is broken. {error}") from None
    except click.UsageError as error:
        raise BadUse(error.message) from None


def _grade(exercise: Exercise, directory: Path, watcher: _Printer | None) -> Report:
    try:
        wanted = exercise.metadata.wanted
        files = check_files(wanted, read_files(directory, wanted))
    except InvalidSubmission as error:
        return without_run(exercise, Verdict.INVALID, str(error))
    try:
        with pool_for(exercise) as pool:
            return Grader(pool).grade(exercise, files, watcher)
    except SandboxError as error:
        return without_run(exercise, Verdict.JUDGE_ERROR, str(error))


def read_files(directory: Path, wanted: Wanted) -> list[tuple[str, bytes]]:
    """Return the files in `directory` that the exercise takes; others are nobody's business.

    Raises BadUse where one can't be read, and InvalidSubmission where their names can't be handed
    in; then none is read: there may be thousands."""
    try:
        paths = _paths(directory, wanted)
        if refusal := wanted.refusal(paths.keys()):
            raise InvalidSubmission(refusal)
        return [(name, path.read_bytes()) for name, path in paths.items()]
    except OSError as error:
        raise BadUse(f"{error.filename or directory} can't be read: {error.strerror}.") from None


def _paths(directory: Path, wanted: Wanted) -> dict[str, Path]:
    added = {path for pattern in wanted.may_add for path in directory.glob(pattern)}
    found = sorted(path.relative_to(directory).as_posix() for path in added)
    names = (*wanted.files, *filter(wanted.may_be_added, found))
    paths = {name: directory / name for name in names}
    return {name: path for name, path in paths.items() if path.is_file()}


def _exit_code(verdict: Verdict) -> int:
    return {Verdict.PASSED: 0, Verdict.JUDGE_ERROR: JUDGE_ERROR}.get(verdict, NOT_PASSED)
