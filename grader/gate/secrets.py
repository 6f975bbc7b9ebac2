"""Rules on what learners must not read: what hidden tests expect, and how the exercise is solved.

Pure. A statement is there to say what is wanted, so most of what a test expects may stand in it.
What gives an answer away is a value that must be worked out: hidden tests compare with it, no
test arranges or shows it, and no accepted solution writes it down.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from grader.exercise import Exercise
from grader.gate.problem import Problem
from grader.gate.views import pages, starter, suite_trees

TEXT: Final = 10
"""Characters from which on a text is no word that stands somewhere by chance."""

DIGITS: Final = 4
"""Digits from which on the same holds of a number; zeros at its ends do not count."""

LINES: Final = 3
"""Lines of a solution, one after another, that tell more than how to begin."""

_TRIVIAL: Final = 12
"""Characters below which a line could stand in anybody's program."""

_COMMENT: Final = re.compile(r"^\s*(#|--|//)\s?")


def no_answer_is_shown(exercise: Exercise) -> Iterator[Problem]:
    """What hidden tests expect stands in nothing that learners see."""
    written = "\n".join(text for files in exercise.accepted.values() for text in files.values())
    secret = {value: at for value, at in _expected(exercise).items() if not _stands(value, written)}
    for file, text in {**pages(exercise), **starter(exercise)}.items():
        for value, at in secret.items():
            if found := _pattern(value).search(text):
                what = f"{value!r} stands here, and the hidden test at {at} expects it."
                todo = "Take it out, or show it in a test marked `visible`."
                yield Problem(file, what, todo, text.count("\n", 0, found.start()) + 1)


def no_solution_is_shown(exercise: Exercise) -> Iterator[Problem]:
    """No lines of an accepted solution stand in what learners see, commented out or not."""
    for file, text in {**pages(exercise), **starter(exercise)}.items():
        lines = _telling(text, file)
        for name, files in exercise.accepted.items():
            if number := _shared(lines, _solution(files, exercise)):
                what = f"{LINES} lines or more of solutions/accepted/{name} stand here."
                yield Problem(file, what, "Say what is wanted, not how it is written.", number)


def _expected(exercise: Exercise) -> Mapping[str, str]:
    """Return the distinctive values that hidden tests alone mention, with where they do."""
    expected: dict[str, str] = {}
    elsewhere: set[str] = set()
    for file, tree in suite_trees(exercise):
        compared = {id(node) for function in _hidden(tree) for node in _compared(function)}
        for node in ast.walk(tree):
            if (value := _value(node)) is None:
                continue
            if id(node) in compared:
                expected.setdefault(value, f"{file}:{getattr(node, 'lineno', 0)}")
            else:
                elsewhere.add(value)
    return {value: at for value, at in expected.items() if value not in elsewhere}


def _hidden(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not any(
            "visible" in ast.unparse(decorator) for decorator in node.decorator_list
        ):
            yield node


def _compared(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes that an assert's comparison compares, by way of a variable too."""
    asserts = [node for node in ast.walk(function) if isinstance(node, ast.Assert)]
    compares = [part for a in asserts for part in ast.walk(a.test) if isinstance(part, ast.Compare)]
    direct = [node for compare in compares for node in _sides(compare)]
    yield from direct
    names = _loaded(direct) - _loaded(ast.walk(function), besides=direct)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and {ast.unparse(t) for t in node.targets} <= names:
            yield from _sides(node)


def _loaded(nodes: Iterable[ast.AST], besides: Iterable[ast.AST] = ()) -> set[str]:
    left_out = {id(node) for node in besides}
    names = (n for n in nodes if isinstance(n, ast.Name) and id(n) not in left_out)
    return {name.id for name in names if isinstance(name.ctx, ast.Load)}


def _sides(node: ast.AST) -> Iterator[ast.AST]:
    """All below `node`, but for what is sent in a call: its arguments count where it but makes a
    value, as `Decimal("1.50")` does."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and not _makes_a_value(child):
            continue
        yield child
        yield from _sides(child)


def _makes_a_value(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id[:1].isupper()


def _value(node: ast.AST) -> str | None:
    """A literal, as it would be written, where it is distinctive."""
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
        return None
    if isinstance(node.value, int | float):
        text = str(node.value)
        return text if len(re.sub(r"\D", "", text).strip("0")) >= DIGITS else None
    if isinstance(node.value, str):
        numeric = re.fullmatch(r"[\d.,-]+", node.value)
        enough = len(re.sub(r"\D", "", node.value).strip("0")) >= DIGITS
        return node.value if (enough if numeric else len(node.value) >= TEXT) else None
    return None


def _stands(value: str, text: str) -> bool:
    return _pattern(value).search(text) is not None


def _pattern(value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){re.escape(value)}(?!\w)")


def _solution(files: Mapping[str, str], exercise: Exercise) -> list[str]:
    given = {_plain(line) for text in exercise.starter.values() for line in text.splitlines()}
    plain = (_plain(line) for text in files.values() for line in text.splitlines())
    return [line for line in plain if _tells(line) and line not in given]


def _telling(text: str, file: str) -> list[tuple[int, str]]:
    """The lines that tell something, with their numbers; of a starter its comments alone."""
    lines = list(enumerate(text.splitlines(), start=1))
    if file.startswith("starter/"):
        lines = [(n, _COMMENT.sub("", line)) for n, line in lines if _COMMENT.match(line)]
    return [(n, _plain(line)) for n, line in lines if _tells(_plain(line))]


def _plain(line: str) -> str:
    return " ".join(line.split())


def _tells(line: str) -> bool:
    begins = line.startswith(("import ", "from ", "#", "--", '"""'))
    return len(line) >= _TRIVIAL and not begins


def _shared(shown: list[tuple[int, str]], solution: list[str]) -> int | None:
    """The number of the first shown line from which on `LINES` of the solution follow."""
    runs = {tuple(solution[n : n + LINES]) for n in range(len(solution) - LINES + 1)}
    for n in range(len(shown) - LINES + 1):
        if tuple(line for _, line in shown[n : n + LINES]) in runs:
            return shown[n][0]
    return None


RULES: Final[tuple[Callable[[Exercise], Iterator[Problem]], ...]] = (
    no_answer_is_shown,
    no_solution_is_shown,
)
