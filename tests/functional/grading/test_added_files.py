"""Files that a learner added are there when their program runs, in folders too."""

from __future__ import annotations

from textwrap import dedent

from grader.exercise import Exercise
from grader.grading import Grader
from grader.submission import check_files
from grader.verdict import Report, Verdict
from sandbox.pool import Pool
from tests.functional.probes import probe, told

SAYS = '''
def test_says(client):
    """The page says hello."""
    assert client.get("/").text.strip() == "hello"
'''

NAMES = '''
def test_names(source):
    """No file has an assert, whoever thought of it."""
    assert source.names == ("app.py", "more.py", "lib/x.py")
    assert [name for name in source.names if "assert" in source(name)] == ["lib/x.py"]
'''

APP = """
from flask import Flask, render_template
from words import WORD

def create_app():
    app = Flask(__name__)
    app.get("/")(lambda: {answer})
    return app
"""


def allowing(suite: str, *patterns: str) -> Exercise:
    return probe(suite, may_add=patterns)


def graded(pool: Pool, exercise: Exercise, files: dict[str, str]) -> Report:
    """As a submission goes: the names are checked first."""
    sent = [(name, dedent(text).encode()) for name, text in files.items()]
    return Grader(pool).grade(exercise, check_files(exercise.metadata.wanted, sent))


def test_a_module_that_was_added_is_imported(pool: Pool) -> None:
    files = {"app.py": APP.format(answer="WORD"), "words.py": "WORD = 'hello'\n"}
    report = graded(pool, allowing(SAYS, "*.py"), files)
    assert report.verdict is Verdict.PASSED, told(report)


def test_a_file_in_a_folder_is_found_as_flask_looks_for_it(pool: Pool) -> None:
    app = APP.format(answer='render_template("x.html", word=WORD)')
    files = {"app.py": app, "words.py": "WORD = 'hello'\n", "templates/x.html": "{{ word }}"}
    report = graded(pool, allowing(SAYS, "*.py", "templates/*.html"), files)
    assert report.verdict is Verdict.PASSED, told(report)


def test_a_module_that_is_not_there_is_told_by_its_name(pool: Pool) -> None:
    report = graded(pool, allowing(SAYS, "*.py"), {"app.py": APP.format(answer="WORD")})
    assert report.verdict is Verdict.CRASHED
    assert "No module named 'words'" in told(report)


def test_the_tests_can_read_every_file_that_was_handed_in(pool: Pool) -> None:
    files = {"app.py": "", "more.py": "", "lib/x.py": "assert True\n"}
    report = graded(pool, allowing(NAMES, "*.py", "*/*.py"), files)
    assert report.verdict is Verdict.PASSED, told(report)
