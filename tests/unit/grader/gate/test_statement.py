"""The pages that learners read: their heading, their links, their code."""

from __future__ import annotations

import pytest

from grader.gate.problem import Problem
from grader.gate.statement import RULES
from tests.unit.grader.examples import exercise


def problems(statement: str, *hints: str) -> list[Problem]:
    given = exercise(statement=statement, hints=hints)
    return [problem for rule in RULES for problem in rule(given)]


@pytest.mark.parametrize(
    "link",
    [
        "[Flask](https://flask.palletsprojects.com/quickstart/)",
        "[write](mailto:someone@example.org)",
        "[above](#the-url-of-a-book)",
        "[the start](starter/app.py)",
        "[a hint](./hints/1.md)",
        "`[text](nowhere.md)`",
        "`rows[0][1]` is a cell",
        "[by name][flask]\n\n[flask]: https://flask.palletsprojects.com",
    ],
)
def test_links_that_lead_somewhere_are_taken(link: str) -> None:
    assert problems(f"# A title\n\n## The URL of a book\n\nSee {link}.\n", "Think.") == []


@pytest.mark.parametrize(
    "link",
    [
        "[text](missing.md)",
        "[the tests](tests/test_it.py)",
        "[empty]()",
        "[below](#no-such-heading)",
        "[half](https://)",
        "![picture](picture.png)",
        "[by name][flask]",
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_its_line(link: str) -> None:
    [problem] = problems(f"# A title\n\nA line\nand {link}.\n")
    assert (problem.file, problem.line) == ("README.md", 4)


def test_a_hint_is_looked_at_like_the_statement() -> None:
    [problem] = problems("# A title\n", "First.", "See\n[this](nowhere)")
    assert str(problem).startswith("hints/2.md:2: The link to `nowhere` leads nowhere")


def test_code_that_does_not_parse_is_told_with_its_line() -> None:
    [problem] = problems("# A title\n\n```python\nx = 1\ny = (2\n```\n")
    assert str(problem).startswith("README.md:5: This python does not parse: ")
    [problem] = problems('# A title\n\n- Here:\n\n  ```json\n  {"a": 1,}\n  ```\n')
    assert problem.line == 6


def test_what_names_no_language_that_is_known_is_not_looked_at() -> None:
    assert problems("# A title\n\n```http\nPOST /\n```\n\n```\n(((\n```\n\n    (((\n") == []
