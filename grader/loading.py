"""Reads exercises from their folders."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from grader.exercise import SLUG, Exercise, Metadata
from grader.verdict import Test

LOCK: Final = "suite.lock.json"
"""The list of tests, written by `backyard check`, which has seen them run."""

_IGNORED: Final = {"__pycache__", ".pytest_cache", ".DS_Store"}


class BrokenExercise(ValueError):
    """A folder is no exercise; the message tells its author what to mend."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All exercises of a folder by id, and why those that are left out are."""

    exercises: Mapping[str, Exercise]
    broken: Mapping[str, str]


def load_catalog(root: Path) -> Catalog:
    """Load every `<track>/<slug>/` below `root` that holds an exercise.toml.

    A folder that is broken is left out with its reason and takes nothing else down.
    """
    exercises: dict[str, Exercise] = {}
    broken: dict[str, str] = {}
    for path in sorted(root.glob("*/*/exercise.toml")):
        folder = path.parent
        try:
            exercise = load_exercise(folder)
            exercises[exercise.id] = exercise
        except BrokenExercise as error:
            broken[f"{folder.parent.name}/{folder.name}"] = str(error)
    return Catalog(exercises, broken)


def load_exercise(folder: Path) -> Exercise:
    """Load one exercise with its list of tests. Raises BrokenExercise."""
    exercise = load_unlocked(folder)
    return _with_tests(exercise, _read_lock(folder, proof_hash(exercise)))


def load_unlocked(folder: Path) -> Exercise:
    """Load one exercise without its list of tests, as the gate does that is to write it."""
    folder = folder.resolve()
    _check_name(folder.parent.name)
    _check_name(folder.name)
    try:
        metadata = Metadata.model_validate(tomllib.loads(_text(folder / "exercise.toml")))
    except tomllib.TOMLDecodeError as error:
        raise BrokenExercise(f"exercise.toml is not TOML: {error}.") from None
    except ValidationError as error:
        raise BrokenExercise(_explain(error)) from None
    everything = _files(folder)
    everything.pop(LOCK, None)
    return Exercise(
        track=folder.parent.name,
        slug=folder.name,
        metadata=metadata,
        statement=_wanted(everything, "README.md"),
        starter=_solution(everything, "starter", metadata),
        suite=_below(everything, "tests"),
        tests=(),
        hints=tuple(text for _, text in sorted(_below(everything, "hints").items())),
        accepted=_solutions(everything, "solutions/accepted", metadata),
        wrong=_solutions(everything, "solutions/wrong", metadata),
        content_hash=_hash(everything),
    )


def proof_hash(exercise: Exercise) -> str:
    """Return the SHA-256 (hex) of all that the gate has tried: a change makes its word void.

    Statement and hints are not in it.
    """
    folders = {"starter": exercise.starter, "tests": exercise.suite}
    folders |= {f"accepted/{name}": files for name, files in exercise.accepted.items()}
    folders |= {f"wrong/{name}": files for name, files in exercise.wrong.items()}
    tried = {
        f"{folder}/{n}": text for folder, files in folders.items() for n, text in files.items()
    }
    return _hash(tried | {"exercise.toml": exercise.metadata.model_dump_json(exclude_unset=True)})


def write_lock(folder: Path, exercise: Exercise) -> None:
    """Write the exercise's list of tests beside it."""
    tests = [
        {"id": t.id, "title": t.title, "points": t.points, "visible": t.visible}
        for t in exercise.tests
    ]
    lock = {"checked": proof_hash(exercise), "tests": tests}
    (folder / LOCK).write_text(json.dumps(lock, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _check_name(name: str) -> None:
    """Track and slug become part of addresses."""
    if not re.fullmatch(SLUG, name):
        raise BrokenExercise(f"The folder {name!r} must be lower-case words joined by hyphens.")


def _read_lock(folder: Path, wanted: str) -> tuple[Test, ...]:
    run = f"Run `backyard check {folder.parent.name}/{folder.name}`."
    try:
        lock = json.loads(_text(folder / LOCK))
        if lock["checked"] != wanted:
            raise BrokenExercise(f"The exercise has changed since it was checked. {run}")
        return tuple(Test(**test) for test in lock["tests"])
    except (KeyError, TypeError, json.JSONDecodeError):
        raise BrokenExercise(f"{LOCK} can't be read. {run}") from None


def _with_tests(exercise: Exercise, tests: tuple[Test, ...]) -> Exercise:
    shown = (replace(t, source=_source(exercise, t.id)) if t.visible else t for t in tests)
    return replace(exercise, tests=tuple(shown))


def _source(exercise: Exercise, test_id: str) -> str:
    """Return a visible test's own source, its decorators left out."""
    file, *names = test_id.partition("[")[0].split("::")
    text = exercise.suite.get(file, "")
    try:
        node: ast.AST = ast.parse(text)
    except SyntaxError as error:  # the image's Python may be newer than this one
        raise BrokenExercise(
            f"{file} can't be read by the Python that runs here: {error}."
        ) from None
    for name in names:
        inside = (n for n in ast.iter_child_nodes(node) if getattr(n, "name", None) == name)
        node = next(inside, ast.Pass())
    if not isinstance(node, ast.FunctionDef):
        raise BrokenExercise(f"{file} has no test {'::'.join(names)}.")
    return ast.get_source_segment(text, node) or ""


def _solutions(
    everything: Mapping[str, str], folder: str, metadata: Metadata
) -> dict[str, dict[str, str]]:
    names = sorted({name.split("/")[0] for name in _below(everything, folder)})
    return {name: _solution(everything, f"{folder}/{name}", metadata) for name in names}


def _solution(everything: Mapping[str, str], folder: str, metadata: Metadata) -> dict[str, str]:
    files = _below(everything, folder)
    if set(files) != set(metadata.files):
        raise BrokenExercise(
            f"{folder}/ has {', '.join(files) or 'no files'}, "
            f"but `files` in exercise.toml says {', '.join(metadata.files)}."
        )
    return {name: files[name] for name in metadata.files}


def _below(everything: Mapping[str, str], folder: str) -> dict[str, str]:
    prefix = f"{folder}/"
    return {n.removeprefix(prefix): t for n, t in everything.items() if n.startswith(prefix)}


def _wanted(everything: Mapping[str, str], name: str) -> str:
    if name not in everything:
        raise BrokenExercise(f"{name} is missing.")
    return everything[name]


def _files(folder: Path) -> dict[str, str]:
    try:
        return {path.relative_to(folder).as_posix(): _text(path) for path in _walk(folder)}
    except OSError as error:
        raise BrokenExercise(f"{folder.name} can't be read: {error}.") from None


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
    except FileNotFoundError:
        raise BrokenExercise(f"{path.name} is missing.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenExercise(f"{path.name} can't be read as UTF-8 text: {error}.") from None


def _hash(files: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name, text in sorted(files.items()):
        data = text.encode()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _explain(error: ValidationError) -> str:
    problems: list[Any] = error.errors()
    return " ".join(
        f"exercise.toml: {'.'.join(map(str, p['loc'])) or 'the whole'}: {p['msg']}."
        for p in problems
    )
