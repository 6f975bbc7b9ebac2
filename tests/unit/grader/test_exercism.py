"""Exercises of Exercism's, and what they become."""

from __future__ import annotations

import ast
import json
import tomllib

import pytest

from grader.exercism import NotExercism, convert
from grader.parsing import parse_unlocked

CONFIG = {
    "files": {
        "solution": ["two_fer.py"],
        "test": ["two_fer_test.py"],
        "example": [".meta/example.py"],
    },
    "blurb": 'Create a sentence of the form "One for X, one for me.".',
    "source": "Somebody's idea.",
}

TESTS = '''import unittest

from two_fer import two_fer


class TwoFerTest(unittest.TestCase):
    def setUp(self):
        self.name = "Ada"

    def test_no_name_given(self):
        self.assertEqual(two_fer(), "One for you, one for me.")

    def test_a_name_given(self):
        expected = "One for Ada,\\tone for me."
        self.assertEqual(two_fer(self.name), """One for Ada, one for me.""")


class OtherTest(unittest.TestCase):
    def test_a_name_given(self):
        self.assertTrue(two_fer("x"))


def test_of_pytest():
    assert two_fer
'''

FOLDER = {
    ".meta/config.json": json.dumps(CONFIG),
    ".meta/example.py": "def two_fer(name='you'):\n    return f'One for {name}, one for me.'\n",
    ".docs/introduction.md": "# Introduction\n\nA bakery.\n",
    ".docs/instructions.md": (
        "# Instructions\n\nSee [concept:python/strings]().\n\n"
        "```python\n# a comment\n>>> two_fer()\n```\n\n```python\nx = 1\n```\n\n"
        "~~~~exercism/note\nMind the comma.\n\nReally.\n~~~~\n"
    ),
    ".docs/instructions.append.md": "# Instructions append\n\n## In Python\n\nUse a default.\n",
    ".docs/hints.md": "# Hints\n\nThink of defaults.\n",
    "two_fer.py": "def two_fer(name):\n    pass\n",
    "two_fer_test.py": TESTS,
}


def test_it_becomes_an_exercise_of_ours() -> None:
    made = convert("two-fer", FOLDER)
    exercise = parse_unlocked("exercism", "two-fer", made)
    assert exercise.metadata.title == "Two fer"
    assert exercise.metadata.summary == CONFIG["blurb"]
    assert exercise.metadata.subject.isolation == "shared"
    assert exercise.metadata.files == ("two_fer.py",)
    assert exercise.metadata.points == 4
    assert exercise.starter == {"two_fer.py": FOLDER["two_fer.py"]}
    assert exercise.accepted == {"example": {"two_fer.py": FOLDER[".meta/example.py"]}}
    assert exercise.suite["shared/two_fer_test.py"] == TESTS
    assert exercise.hints == (FOLDER[".docs/hints.md"],)


def test_each_of_its_tests_becomes_one_of_ours_with_its_own_source() -> None:
    made = convert("two-fer", FOLDER)
    suite = made["tests/test_two_fer.py"]
    functions = {n.name: n for n in ast.parse(suite).body if isinstance(n, ast.FunctionDef)}
    tests = list(functions)
    assert tests == [
        "test_no_name_given",
        "test_a_name_given",
        "test_a_name_given_2",
        "test_of_pytest",
    ]
    told = ast.get_docstring(functions["test_a_name_given"]) or ""
    assert told.startswith("A name given.\n")
    assert 'expected = "One for Ada,\\tone for me."' in told
    assert "'''One for Ada, one for me.'''" in told
    assert 'shared.passes("two_fer_test.py::OtherTest::test_a_name_given")' in suite
    assert 'shared.passes("two_fer_test.py::test_of_pytest")' in suite
    fails = tomllib.loads(made["exercise.toml"])["wrong"]["unfinished"]["fails"]
    assert fails == [f"test_two_fer.py::{name}" for name in tests]


def test_its_documents_become_one_statement() -> None:
    statement = convert("two-fer", FOLDER)["README.md"]
    headings = [line for line in statement.splitlines() if line.startswith("#")]
    assert headings == [
        "# Two fer",
        "## Introduction",
        "## Instructions",
        "# a comment",
        "## In Python",
        "## Source",
    ]
    assert "See concept:python/strings." in statement
    assert "```text\n# a comment\n>>> two_fer()\n```" in statement
    assert "```python\nx = 1\n```" in statement
    assert "> Mind the comma.\n> \n> Really." in statement
    assert "Somebody's idea." in statement


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({".meta/config.json": None}, ".meta/config.json is missing."),
        ({".meta/config.json": "{"}, ".meta/config.json is not JSON"),
        ({".meta/config.json": "[]"}, "has no `files`"),
        ({".meta/config.json": '{"files": {"solution": ["a.py"]}}'}, "names no test under `files`"),
        ({"two_fer.py": None}, "two_fer.py is missing."),
        ({".docs/instructions.md": None}, ".docs/instructions.md is missing."),
        ({"two_fer_test.py": "def test_(:\n"}, "two_fer_test.py can't be read as Python"),
        ({"two_fer_test.py": "import unittest\n"}, "has no test that unittest or pytest"),
    ],
)
def test_what_is_no_practice_exercise_is_refused_in_words(
    changes: dict[str, str | None], words: str
) -> None:
    files = {name: text for name, text in {**FOLDER, **changes}.items() if text is not None}
    with pytest.raises(NotExercism, match=words):
        convert("two-fer", files)
