"""Reads exercises from their folders."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from grader.exercise import Exercise
from grader.parsing import LOCK, BrokenExercise, lock_text, parse, parse_unlocked

__all__ = [
    "LOCK",
    "BrokenExercise",
    "exercise_folders",
    "load_exercise",
    "load_unlocked",
    "prerequisites",
    "read_folder",
    "write_lock",
]

SIZE_LIMIT: Final = 4 * 1024 * 1024
"""Bytes of all files of one exercise: each of its versions is kept."""

_IGNORED: Final = {"__pycache__", ".pytest_cache", ".DS_Store"}


def exercise_folders(root: Path) -> dict[str, Path]:
    """Return every `<track>/<slug>/` below `root` that holds an exercise.toml, by that name."""
    found = (path.parent for path in sorted(root.glob("*/*/exercise.toml")))
    return {f"{folder.parent.name}/{folder.name}": folder for folder in found}


def prerequisites(root: Path) -> dict[str, tuple[str, ...]]:
    """Return what should come before each exercise below `root`; nothing where its exercise.toml
    can't be read, of which others tell."""
    return {name: _after(folder) for name, folder in exercise_folders(root).items()}


def load_exercise(folder: Path) -> Exercise:
    """Load one exercise with its list of tests. Raises BrokenExercise."""
    folder = folder.resolve()
    return parse(folder.parent.name, folder.name, read_folder(folder))


def load_unlocked(folder: Path) -> Exercise:
    """Load one exercise without its list of tests, as the gate does that is to write it."""
    folder = folder.resolve()
    return parse_unlocked(folder.parent.name, folder.name, read_folder(folder))


def read_folder(folder: Path) -> dict[str, str]:
    """Return the texts of all files below `folder` by their paths. Raises BrokenExercise."""
    try:
        files, size = {}, 0
        for path in _walk(folder):
            size += path.stat().st_size
            if size > SIZE_LIMIT:
                raise BrokenExercise(f"The files are larger than {SIZE_LIMIT:,} bytes together.")
            files[path.relative_to(folder).as_posix()] = _text(path)
        return files
    except OSError as error:
        raise BrokenExercise(f"{folder.name} can't be read: {error}.") from None


def write_lock(folder: Path, exercise: Exercise) -> None:
    """Write the exercise's list of tests beside it."""
    (folder / LOCK).write_text(lock_text(exercise), "utf-8")


def _after(folder: Path) -> tuple[str, ...]:
    try:
        after = tomllib.loads((folder / "exercise.toml").read_text("utf-8")).get("after", ())
    except (OSError, ValueError, RecursionError):
        return ()
    return tuple(map(str, after)) if isinstance(after, list) else ()


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in _IGNORED:
            continue
        if path.is_symlink():
            raise BrokenExercise(f"{path.name} is a link. An exercise holds plain files only.")
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BrokenExercise(f"{path.name} can't be read as UTF-8 text: {error}.") from None
