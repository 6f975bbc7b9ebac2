"""Makes an exercise of its files, wherever they came from. Pure: nothing here does I/O."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError

from grader.exercise import SLUG, Exercise, Metadata
from grader.names import Wanted
from grader.verdict import Test

LOCK: Final = "suite.lock.json"
"""The list of tests, written by the gate, which has seen them run."""

LONGEST_NAME: Final = 60
"""Characters of a track or a slug."""

Files = Mapping[str, str]
"""All files of an exercise: paths below its folder, with `/`, to texts."""


class BrokenExercise(ValueError):
    """These files are no exercise; the message tells their author what to mend."""


def parse(track: str, slug: str, files: Files) -> Exercise:
    """Return the exercise with its list of tests.

    Raises BrokenExercise, also where the list was made for other files than these.
    """
    exercise = parse_unlocked(track, slug, files)
    checked, tests = _read_lock(exercise, files)
    if checked != proof_hash(exercise):
        raise BrokenExercise(f"The exercise has changed since it was checked. {_run(exercise)}")
    return _with_tests(exercise, tests)


def parse_published(track: str, slug: str, files: Files) -> Exercise:
    """Return the exercise with its list of tests, which was checked when it was published.

    A later Backyard may compute another proof of the same files. Raises BrokenExercise.
    """
    exercise = parse_unlocked(track, slug, files)
    return _with_tests(exercise, _read_lock(exercise, files)[1])


def parse_unlocked(track: str, slug: str, files: Files) -> Exercise:
    """Return the exercise without its list of tests, for the gate. Raises BrokenExercise."""
    check_name(track)
    check_name(slug)
    metadata = _metadata(_wanted(files, "exercise.toml"))
    content = {name: text for name, text in files.items() if name != LOCK}
    return Exercise(
        track=track,
        slug=slug,
        metadata=metadata,
        statement=_wanted(content, "README.md"),
        starter=_solution(content, "starter", Wanted(metadata.files)),
        suite=_below(content, "tests"),
        tests=(),
        hints=tuple(text for _, text in sorted(_below(content, "hints").items())),
        accepted=_solutions(content, "solutions/accepted", metadata.wanted),
        wrong=_solutions(content, "solutions/wrong", metadata.wanted),
        content_hash=_hash(content),
    )


def check_name(name: str) -> None:
    """Raise BrokenExercise unless `name` can be a track or slug: they become part of addresses."""
    if not re.fullmatch(SLUG, name):
        raise BrokenExercise(f"The folder {name!r} must be lower-case words joined by hyphens.")
    if len(name) > LONGEST_NAME:
        raise BrokenExercise(f"The folder {name!r} must have {LONGEST_NAME} characters at most.")


def proof_hash(exercise: Exercise) -> str:
    """Return the SHA-256 (hex) of all that the gate has tried: a change makes its word void.

    Statement and hints are not in it, and neither is what should come before it: no verdict
    changes with that.
    """
    folders = {"starter": exercise.starter, "tests": exercise.suite}
    folders |= {f"accepted/{name}": files for name, files in exercise.accepted.items()}
    folders |= {f"wrong/{name}": files for name, files in exercise.wrong.items()}
    tried = {
        f"{folder}/{n}": text for folder, files in folders.items() for n, text in files.items()
    }
    settings = exercise.metadata.model_dump_json(exclude_unset=True, exclude={"after"})
    return _hash(tried | {"exercise.toml": settings})


def lock_text(exercise: Exercise) -> str:
    """Return the exercise's list of tests as the file `LOCK` has it."""
    tests = [
        {"id": t.id, "title": t.title, "points": t.points, "visible": t.visible}
        for t in exercise.tests
    ]
    lock = {"checked": proof_hash(exercise), "tests": tests}
    return json.dumps(lock, indent=1, ensure_ascii=False) + "\n"


def _metadata(text: str) -> Metadata:
    try:
        return Metadata.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BrokenExercise(f"exercise.toml is not TOML: {error}.") from None
    except ValidationError as error:
        raise BrokenExercise(_explain(error)) from None


def _read_lock(exercise: Exercise, files: Files) -> tuple[str, tuple[Test, ...]]:
    text = _wanted(files, LOCK)
    try:
        lock = json.loads(text)
        return str(lock["checked"]), tuple(_listed(**test) for test in lock["tests"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise BrokenExercise(f"{LOCK} can't be read. {_run(exercise)}") from None


def _listed(id: Any, title: Any, points: Any, visible: Any) -> Test:  # noqa: A002 - the file's words
    """Raises TypeError and ValueError: pages and points rely on what the list says."""
    types = [type(value) for value in (id, title, points, visible)]
    if types != [str, str, int, bool] or points < 1:
        raise TypeError(f"a test of {types}, worth {points}")
    f"{id}{title}".encode()  # a list in JSON can hold halves of characters
    return Test(id, title, points, visible)


def _run(exercise: Exercise) -> str:
    return f"Run `backyard check {exercise.id}`."


def _with_tests(exercise: Exercise, tests: tuple[Test, ...]) -> Exercise:
    shown = (replace(t, source=_source(exercise, t.id)) if t.visible else t for t in tests)
    return replace(exercise, tests=tuple(shown))


def _source(exercise: Exercise, test_id: str) -> str:
    """Return a visible test's own source, its decorators left out."""
    file, *names = test_id.partition("[")[0].split("::")
    text = exercise.suite.get(file, "")
    try:
        node: ast.AST = ast.parse(text)
    # The image's Python may be newer than this one; or it is nothing that one can read.
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BrokenExercise(
            f"{file} can't be read by the Python that runs here: {error}."
        ) from None
    for name in names:
        inside = (n for n in ast.iter_child_nodes(node) if getattr(n, "name", None) == name)
        node = next(inside, ast.Pass())
    if not isinstance(node, ast.FunctionDef):
        raise BrokenExercise(f"{file} has no test {'::'.join(names)}.")
    return ast.get_source_segment(text, node) or ""


def _solutions(files: Files, folder: str, wanted: Wanted) -> dict[str, dict[str, str]]:
    names = sorted({name.split("/")[0] for name in _below(files, folder)})
    return {name: _solution(files, f"{folder}/{name}", wanted) for name in names}


def _solution(files: Files, folder: str, wanted: Wanted) -> dict[str, str]:
    """What a learner could hand in; nobody's starter has more than the exercise's own files."""
    found = _below(files, folder)
    if not (set(wanted.files) <= set(found) and all(map(wanted.takes, found))):
        more = f", and allows {', '.join(wanted.may_add)}" if wanted.may_add else ""
        raise BrokenExercise(
            f"{folder}/ has {', '.join(found) or 'no files'}, "
            f"but `files` in exercise.toml says {', '.join(wanted.files)}{more}."
        )
    if refusal := wanted.refusal(found):
        raise BrokenExercise(f"{folder}/ could not be handed in. {refusal}")
    return wanted.in_order(found)


def _below(files: Files, folder: str) -> dict[str, str]:
    prefix = f"{folder}/"
    return {n.removeprefix(prefix): t for n, t in files.items() if n.startswith(prefix)}


def _wanted(files: Files, name: str) -> str:
    if name not in files:
        raise BrokenExercise(f"{name} is missing.")
    return files[name]


def _hash(files: Files) -> str:
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
