"""Mutants of Python: what is changed, and what is better left alone."""

from __future__ import annotations

from textwrap import dedent

import pytest

from grader.mutants.python import python_mutants


def changes(text: str) -> list[str]:
    return [mutant.change for mutant in python_mutants("app.py", dedent(text))]


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("y = x < 3", "y = x <= 3"),
        ("y = a and b", "y = a or b"),
        ("y = not x", "y = x"),
        ("y = x in z", "y = x not in z"),
        ("y = 404", "y = 405"),
        ("y = 'title'", "y = 'XXtitleXX'"),
        ("y = True", "y = False"),
        ("y += 1", "y = 1"),
        ("y = x.lower()", "y = x.upper()"),
        ("y = column(1, nullable=False)", "y = column(1)"),
        ("session.commit()", "pass"),
        ("if x: y()", "if not (x): y()"),
    ],
)
def test_a_line_is_changed(line: str, changed: str) -> None:
    assert changed in changes(f"{line}\n")


def test_a_decorator_is_left_out() -> None:
    assert '@app.get("/")' in changes('@app.get("/")\ndef index():\n    return x\n')


@pytest.mark.parametrize(
    "text",
    [
        '"""A docstring."""\n',
        "import os.path\nfrom a import b\n",
        "def f(x: int = x) -> 'Thing':\n    return x\n",
        "errors[name] = 'The year must be a number.'\n",
        "log.warning('x', 1)\napp.logger.info('y', 2)\n",
        "if __name__ == '__main__':\n    app.run(port=8000)\n",
        "def f(:\n",
    ],
)
def test_what_no_test_should_notice_is_left_alone(text: str) -> None:
    assert changes(text) == []


def test_each_mutant_is_another_text_with_one_place_changed() -> None:
    text = "x = 1\n\n\ndef f(a):\n    return a < 1 and a > 0\n"
    mutants = list(python_mutants("app.py", text))
    assert len({mutant.text for mutant in mutants}) == len(mutants) > 4
    assert {mutant.line for mutant in mutants} == {1, 5}
    first = next(mutant for mutant in mutants if mutant.line == 1)
    assert first.diff.splitlines()[1:] == ["-x = 1", "+x = 2", " "]
