"""Turns a practice exercise of Exercism's Python track into one of ours. Pure: texts to texts.

Its tests import the learner's module, so they run in the learner's own process
(`isolation = "shared"`); each becomes a test of ours that asks how it went. The form of its folders
is Exercism's ("Practice Exercises", exercism.org/docs/building/tracks/practice-exercises).
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import indent
from typing import Any, Final

CONFIG: Final = ".meta/config.json"
DOCUMENTS: Final = ("introduction", "instructions", "introduction.append", "instructions.append")

UNFINISHED: Final = 'raise NotImplementedError("Nothing is here yet.")\n'
"""The wrong solution that every imported exercise has: with it no test can run."""

SUMMARY: Final = 200
"""Characters that a summary may have (`grader.exercise.Metadata`)."""

TOML: Final = """\
title = {title}
summary = {summary}
difficulty = {difficulty}
skills = ["python"]
environment = "python"
files = {files}
points = {points}

[subject]
kind = "python"
isolation = "shared"  # the tests import the learner's module: such a verdict can be forged

[limits]
seconds = 30
test_seconds = 20  # they all run for the first test that asks

[wrong.unfinished]
fails = [
{fails}
]
"""

SUITE: Final = '''\
"""Each test asks how one of Exercism's went, which ran in the learner's own process."""

import pytest
{tests}'''

TEST: Final = '''

@pytest.mark.visible
def {name}(shared):
    """{title}

{source}
    """
    shared.passes("{id}")
'''


class NotExercism(ValueError):
    """The folder is no practice exercise of Exercism's; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class _Test:
    """One of Exercism's tests: pytest's id, its name as words, its own source."""

    id: str
    words: str
    source: str


def convert(slug: str, files: Mapping[str, str], difficulty: str = "easy") -> dict[str, str]:
    """Return the files of our exercise by name, made of those of Exercism's folder `slug`.

    Raises NotExercism.
    """
    config = _config(files)
    solution, tests, examples = (_named(config, kind) for kind in ("solution", "test", "example"))
    if len(examples) != len(solution):
        raise NotExercism(f"{CONFIG} names no example for each file of the solution.")
    found = [test for name in tests for test in _tests(name, _text(files, name))]
    if not found:
        raise NotExercism(f"{', '.join(tests)} has no test that unittest or pytest would find.")
    suite = f"test_{slug.replace('-', '_')}.py"
    names = _unique([f"test_{test.words.replace(' ', '_')}" for test in found])
    return {
        "exercise.toml": _toml(
            slug, config, solution, difficulty, [f"{suite}::{n}" for n in names]
        ),
        "README.md": _statement(slug, files, config),
        **({"hints/1.md": _text(files, ".docs/hints.md")} if ".docs/hints.md" in files else {}),
        **{f"starter/{name}": _text(files, name) for name in solution},
        f"tests/{suite}": _suite(names, found),
        **{f"tests/shared/{name}": _text(files, name) for name in tests},
        **{
            f"solutions/accepted/example/{name}": _text(files, example)
            for name, example in zip(solution, examples, strict=True)
        },
        **{f"solutions/wrong/unfinished/{name}": UNFINISHED for name in solution},
    }


def _config(files: Mapping[str, str]) -> Mapping[str, Any]:
    try:
        config = json.loads(_text(files, CONFIG))
    except json.JSONDecodeError as error:
        raise NotExercism(f"{CONFIG} is not JSON: {error}.") from None
    if not isinstance(config, dict) or not isinstance(config.get("files"), dict):
        raise NotExercism(f"{CONFIG} has no `files`.")
    return config


def _named(config: Mapping[str, Any], kind: str) -> list[str]:
    names = config["files"].get(kind)
    if not isinstance(names, list) or not names:
        raise NotExercism(f"{CONFIG} names no {kind} under `files`.")
    return [str(name) for name in names]


def _text(files: Mapping[str, str], name: str) -> str:
    if name not in files:
        raise NotExercism(f"{name} is missing.")
    return files[name]


def _toml(
    slug: str, config: Mapping[str, Any], solution: list[str], difficulty: str, ids: list[str]
) -> str:
    """JSON's texts and lists of texts are TOML's, too."""
    title = slug.replace("-", " ").capitalize()
    blurb = str(config.get("blurb") or f"{title}, from Exercism's Python track.")
    return TOML.format(
        title=json.dumps(title, ensure_ascii=False),
        summary=json.dumps(blurb.strip()[:SUMMARY], ensure_ascii=False),
        difficulty=json.dumps(difficulty),
        files=json.dumps(solution),
        points=len(ids),
        fails=indent(",\n".join(map(json.dumps, ids)), "    "),
    )


def _statement(slug: str, files: Mapping[str, str], config: Mapping[str, Any]) -> str:
    _text(files, ".docs/instructions.md")
    parts = [files[f".docs/{name}.md"] for name in DOCUMENTS if f".docs/{name}.md" in files]
    below = [re.sub(r"\A# .* append\s*|\A(?=# )", _lower, part) for part in parts]
    source = str(config.get("source") or "").strip()
    credit = f"From [Exercism](https://exercism.org)'s Python track (MIT licence). {source}".strip()
    title = slug.replace("-", " ").capitalize()
    told = (_mended(part).strip() for part in below)
    return "\n\n".join([f"# {title}", *told, "## Source", credit]) + "\n"


def _lower(heading: re.Match[str]) -> str:
    """One level for a document's own heading, and none for that of an appendix."""
    return "" if heading[0] else "#"


def _mended(markdown: str) -> str:
    """Make ordinary Markdown of it: notes become quotations, links to nowhere their text, and a
    block is Python's only where Python can read it."""
    markdown = re.sub(
        r"^~~~~exercism/\w+\n(.*?)^~~~~$",
        lambda note: indent(note[1], "> ", lambda _: True).rstrip(),
        markdown,
        flags=re.MULTILINE | re.DOTALL,
    )
    markdown = re.sub(r"\[([^\]]*)\]\(\)", r"\1", markdown)
    return re.sub(r"^```python\n(.*?)^```", _fence, markdown, flags=re.MULTILINE | re.DOTALL)


def _fence(block: re.Match[str]) -> str:
    try:
        ast.parse(block[1])
    except SyntaxError:
        return f"```text\n{block[1]}```"
    return block[0]


def _suite(names: list[str], tests: list[_Test]) -> str:
    made = (
        TEST.format(
            name=name,
            title=f"{test.words.capitalize()}.",
            source=indent(test.source.replace("\\", "\\\\").replace('"""', "'''"), "    "),
            id=test.id,
        )
        for name, test in zip(names, tests, strict=True)
    )
    return SUITE.format(tests="".join(made))


def _tests(name: str, text: str) -> Iterator[_Test]:
    """Yield what pytest finds in a file: methods of its classes, and functions."""
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        raise NotExercism(f"{name} can't be read as Python: {error}.") from None
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _of(node.body, text, f"{name}::{node.name}")
    yield from _of(body, text, name)


def _of(body: list[ast.stmt], text: str, parent: str) -> Iterator[_Test]:
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            words = node.name.removeprefix("test_").replace("_", " ")
            yield _Test(f"{parent}::{node.name}", words, _body(node, text))


def _body(node: ast.FunctionDef, text: str) -> str:
    """The function's own lines, without those that only name it."""
    lines = text.splitlines()[node.body[0].lineno - 1 : node.end_lineno]
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return "\n".join(line[margin:] for line in lines)


def _unique(names: list[str]) -> list[str]:
    """Number those that come twice, as two classes may have tests of one name."""
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return unique
