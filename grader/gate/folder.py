"""Reads an exercise's folder for the gate: all that is wrong with it, each with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from grader.exercise import Exercise, Metadata
from grader.gate.order import out_of_order
from grader.gate.problem import Problem
from grader.gate.toml_lines import line_in, line_of
from grader.gate.views import SETTINGS, STATEMENT
from grader.loading import LOCK, BrokenExercise, load_unlocked, prerequisites
from grader.names import Wanted

_IGNORED: Final = {"__pycache__", ".pytest_cache", ".DS_Store"}
_SUBMITTED: Final = re.compile(r"(starter|solutions/(?:accepted|wrong)/[^/]+)/(.+)")
_OTHERS: Final = re.compile(r"tests/.+|hints/[1-9]\d*\.md")
_KNOWN: Final = {SETTINGS, STATEMENT, LOCK}


def read(folder: Path) -> Exercise | tuple[Problem, ...]:
    """Return the exercise in `folder`, without its list of tests, or why it is none."""
    try:
        exercise = load_unlocked(folder)
    except BrokenExercise as error:
        return tuple(_broken(folder)) or (Problem(".", str(error)),)
    misplaced = tuple(_misplaced(_names(folder), exercise.metadata))
    order = prerequisites(folder.resolve().parents[1])
    return misplaced or out_of_order(exercise, order) or exercise


def _broken(folder: Path) -> Iterator[Problem]:
    """What is wrong in detail; nothing where the error's own words have to do."""
    try:
        text = (folder / SETTINGS).read_text(encoding="utf-8")
        metadata = Metadata.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        yield Problem(SETTINGS, f"This is not TOML: {error}.", line=line_in(str(error)))
    except ValidationError as error:
        for detail in error.errors():
            key = ".".join(map(str, detail["loc"])) or "the whole"
            what, todo = _explained(key, detail["type"], detail["msg"])
            yield Problem(SETTINGS, what, todo, line_of(text, detail["loc"]))
    except (OSError, UnicodeDecodeError, RecursionError):
        return
    else:
        yield from _misplaced(_names(folder), metadata)


def _explained(key: str, kind: str, message: str) -> tuple[str, str]:
    if kind == "extra_forbidden":
        return f"`{key}` is no key of an exercise.", "Look for a slip in it, or take it out."
    if kind == "missing":
        return f"`{key}` is missing.", "Add it."
    return f"`{key}`: {message.removeprefix('Value error, ')}.", ""


def _misplaced(names: set[str], metadata: Metadata) -> Iterator[Problem]:
    """Files that `files` lists and a folder lacks, and those that belong to nothing."""
    submitted = [match for name in sorted(names) if (match := _SUBMITTED.fullmatch(name))]
    folders = {"starter", *(match[1] for match in submitted)}
    for folder in sorted(folders):
        for name in metadata.files:
            if f"{folder}/{name}" not in names:
                what = "It is missing, but `files` in exercise.toml lists it."
                yield Problem(f"{folder}/{name}", what, "Write it, or take it from `files`.")
    for match in submitted:
        wanted = Wanted(metadata.files) if match[1] == "starter" else metadata.wanted
        if not wanted.takes(match[2]):
            more = ", and `may_add` does not allow it" if wanted.may_add else ""
            what = f"It is here, but `files` in exercise.toml does not list it{more}."
            yield Problem(match[0], what, "Remove it, or add it to `files`.")
    for name in sorted(names - _KNOWN - {match[0] for match in submitted}):
        if not _OTHERS.fullmatch(name):
            what = "This file belongs to nothing that an exercise has."
            todo = "Remove it, or move it to tests/, starter/, solutions/ or hints/1.md, 2.md, …"
            yield Problem(name, what, todo)


def _names(folder: Path) -> set[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir())
    return {path.as_posix() for path in paths if not _IGNORED.intersection(path.parts)}
