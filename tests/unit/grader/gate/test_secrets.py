"""What learners must not read: values that hidden tests expect, and solutions."""

from __future__ import annotations

from typing import Any

import pytest

from grader.gate.problem import Problem
from grader.gate.secrets import RULES
from tests.unit.grader.examples import exercise

HIDDEN = '''
import pytest

def test_it(client, query):
    """A title."""
    {}
'''
SOLUTION = """from flask import Flask

def create_app():
    application = Flask(__name__)
    counted = itertools.count(1)
    shelf = {number: a_book(number) for number in counted}
    application.add_url_rule("/", view_func=shelf.get)
    return application
"""


def problems(**changes: Any) -> list[Problem]:
    given = exercise(**changes)
    return [problem for rule in RULES for problem in rule(given)]


def shown(assertion: str, statement: str) -> list[Problem]:
    return problems(suite={"test_it.py": HIDDEN.format(assertion)}, statement=statement)


@pytest.mark.parametrize(
    ("assertion", "said"),
    [
        ('assert query() == [("Ada", 48213)]', "The sum is 48213."),
        ('assert query() == [("Ada", Decimal("482.13"))]', "The sum is 482.13."),
        ('assert client.get("/").text == "swordfish-7f3a"', "Say `swordfish-7f3a`."),
        ('expected = [("Ada", 48213)]\n    assert query() == expected', "The sum is 48213."),
        ("assert client.get('/').json()['sum'] == 48213, 'No.'", "| 48213 |"),
    ],
)
def test_what_only_a_hidden_test_expects_may_stand_in_no_page(assertion: str, said: str) -> None:
    [problem] = shown(assertion, f"# A title\n\n{said}\n")
    assert str(problem).startswith("README.md:3: '")
    assert "hidden test at tests/test_it.py:6" in problem.what


@pytest.mark.parametrize(
    ("assertion", "said"),
    [
        ("assert query() == [('Ada', 42)]", "The answer is 42."),
        ("assert len(query()) == 10000", "Up to 10000 rows."),
        ("assert client.post('/', json={'title': 'A long title'}).json() == 1", "A long title"),
        ("sent = {'title': 'A long title'}\n    assert client.post('/', json=sent).json() == sent",
         "Send `A long title`."),
        ("assert query() == 48213", "There are 482130 rows, and 1.48213 each."),
        ("assert query() == 1, 'This sum is wrong.'", "This sum is wrong."),
    ],
)  # fmt: skip
def test_what_a_test_sends_or_anybody_could_write_may_stand_anywhere(
    assertion: str, said: str
) -> None:
    assert shown(assertion, f"# A title\n\n{said}\n") == []


def test_what_a_visible_test_shows_may_stand_anywhere() -> None:
    text = 'assert query() == [("Ada", 48213)]'
    suite = HIDDEN.format(text) + "\n@pytest.mark.visible\ndef test_shown(query):\n    " + text
    assert problems(suite={"test_it.py": suite}, statement="# A title\n\n48213\n") == []


def test_what_a_solution_must_write_may_stand_in_the_statement() -> None:
    suite = {"test_it.py": HIDDEN.format("assert client.get('/').text == 'There is no such book.'")}
    accepted = {"reference": {"app.py": "text = 'There is no such book.'\n"}}
    statement = "# A title\n\nAnswer `There is no such book.`\n"
    assert problems(suite=suite, statement=statement, accepted=accepted) == []
    assert problems(suite=suite, statement=statement) != []


def test_a_starter_holds_no_expected_value() -> None:
    suite = {"test_it.py": HIDDEN.format("assert query() == 48213")}
    [problem] = problems(suite=suite, starter={"app.py": "\nanswer = 48213\n"})
    assert str(problem).startswith("starter/app.py:2: ")


def test_three_lines_of_a_solution_may_stand_in_no_page() -> None:
    accepted = {"reference": {"app.py": SOLUTION}}
    piece = "\n".join(SOLUTION.splitlines()[4:7])
    told = problems(accepted=accepted, hints=("Think.", f"Write\n\n```python\n{piece}\n```\n"))
    assert [str(problem)[:11] for problem in told] == ["hints/2.md:"]
    assert told[0].line == 4
    two = "\n".join(piece.splitlines()[:2])
    assert problems(accepted=accepted, hints=(f"```python\n{two}\n```",)) == []


def test_a_solution_that_is_commented_out_does_not_stay_in_the_starter() -> None:
    commented = "".join(f"    # {line.strip()}\n" for line in SOLUTION.splitlines())
    [problem] = problems(
        accepted={"reference": {"app.py": SOLUTION}}, starter={"app.py": commented}
    )
    assert problem.file == "starter/app.py"


def test_what_the_starter_gives_may_stand_in_the_statement() -> None:
    given = "\n".join(SOLUTION.splitlines()[3:7])
    statement = f"# A title\n\n```python\n{given}\n```\n"
    accepted = {"reference": {"app.py": SOLUTION}}
    assert problems(accepted=accepted, statement=statement, starter={"app.py": given}) == []
