"""What authors' suites can do, and what becomes of those that are broken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.frames import VISIBLE
from grader.gate import collect
from grader.grading import Grader
from grader.verdict import Outcome, Report, Verdict
from sandbox.pool import Pool
from tests.functional.probes import grade, looking, probe

HONEST = looking("return {'answer': 42}")
SCHEMA = {"kind": "schema", "file": "schema.sql"}


def graded(pool: Pool, suite: str, app: str = HONEST) -> Report:
    return grade(pool, app, probe(suite, seconds=6, test_seconds=2))


def test_marks_say_points_visibility_and_time(pool: Pool) -> None:
    suite = '''
import pytest, time

@pytest.mark.points(5)
@pytest.mark.visible
def test_valued():
    """A title.

    And more."""

@pytest.mark.timeout(0.3)
def test_slow():
    time.sleep(60)
'''
    exercise = probe(suite)
    with_solution = replace(exercise, accepted={"reference": {"app.py": HONEST}})
    valued, slow = collect(with_solution, pool).tests
    assert (valued.title, valued.points, valued.visible) == ("A title.", 5, True)
    assert (slow.title, slow.points, slow.visible) == ("", 1, False)
    report = grade(pool, HONEST, exercise)
    assert report.tests[1].message == "This took longer than 0.3 s and was stopped."
    assert report.tests[1].seconds < 30


def test_a_run_is_judged_by_the_visible_tests_alone(pool: Pool) -> None:
    suite = """
import pytest

def test_hidden():
    assert False

@pytest.mark.visible
def test_seen(client):
    assert client.get("/").status_code == 200

class TestMore:
    @pytest.mark.visible
    def test_too(self): pass
"""
    exercise = replace(probe(suite), accepted={"reference": {"app.py": HONEST}})
    checked = replace(exercise, tests=collect(exercise, pool).tests)
    assert Grader(pool).grade(checked, {"app.py": HONEST}).verdict is Verdict.FAILED
    report = Grader(pool).grade(checked, {"app.py": HONEST}, way=VISIBLE)
    assert report.verdict is Verdict.PASSED
    names = [test.id for test in report.tests]
    assert names == ["test_probe.py::test_seen", "test_probe.py::TestMore::test_too"]


def test_submitted_files_can_be_read_as_text_and_as_a_tree(pool: Pool) -> None:
    suite = """
import ast, os, pytest, sys

def test_source(source):
    assert "answer" in source("app.py")
    assert any(isinstance(node, ast.FunctionDef) for node in source.tree("app.py").body)
    assert "app" not in sys.modules
    with pytest.raises(KeyError):
        source("other.py")
"""
    assert graded(pool, suite).verdict is Verdict.PASSED


def test_what_was_exchanged_is_recorded_in_order(pool: Pool) -> None:
    suite = """
def test_it(client):
    client.post("/a?b=c", json={"x": 1}, headers={"X-Mine": "yes"})
    client.get("/second")
"""
    [test] = graded(pool, suite).tests
    first, second = test.exchanges
    assert set(first) == {"kind", "request", "response", "error", "seconds"}
    assert (first["request"]["method"], first["request"]["url"]) == ("POST", "/a?b=c")
    assert first["request"]["body"] == '{"x":1}'
    assert ["x-mine", "yes"] in first["request"]["headers"]
    assert first["response"]["status"] == 405
    assert (second["response"]["status"], second["response"]["reason"]) == (200, "OK")
    assert second["response"]["body"].strip() == '{"answer":42}'


def test_what_a_suite_prints_disturbs_no_report(pool: Pool) -> None:
    suite = """
import os, sys

print("at import")
os.write(1, b"raw at import")

def test_it(capfd):
    print("in a test")
    sys.stderr.write("and an error")
    for fd in (0, 1, 2):
        try:
            os.write(fd, b'{"type": "end"}' * 1000)
        except OSError:
            pass
"""
    assert graded(pool, suite).verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("suite", "words"),
    [
        ("import nosuch\ndef test_it(): pass\n", "No module named 'nosuch'"),
        ("def test_it(: pass\n", "SyntaxError"),
        ("import pytest\n@pytest.mark.vissible\ndef test_it(): pass\n", "'vissible' not found"),
        ("import os\ndef test_it(): os._exit(0)\n", "never reported test_probe.py::test_it"),
        ("import os\ndef test_it(): os._exit(7)\n", "the suite's process ended with 7"),
        (
            "import os\ndef test_it(): os.kill(os.getpid(), 9)\n",
            "the suite's process ended with -9",
        ),
        ("import pytest\ndef test_it(): pytest.exit('enough')\n", "pytest ended with"),
    ],
)
def test_a_broken_suite_is_a_judge_error_with_its_reason(
    pool: Pool, suite: str, words: str
) -> None:
    exercise = probe("def test_it(): pass\n")
    broken = replace(exercise, suite={"test_probe.py": suite})
    report = grade(pool, HONEST, broken)
    assert report.verdict is Verdict.JUDGE_ERROR
    assert words in report.message


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        ("import pytest; pytest.skip('not today')", Outcome.SKIPPED, "not today"),
        ("raise SystemExit('bye')", Outcome.FAILED, "bye"),
        ("assert 1 == 2, 'The words of the author.'", Outcome.FAILED, "The words of the author."),
        ("{}['key']", Outcome.FAILED, "KeyError: 'key'"),
        ("import pytest; pytest.fail('in words')", Outcome.FAILED, "in words"),
    ],
)
def test_a_test_that_ends_in_any_other_way_is_never_passed(
    pool: Pool, body: str, outcome: Outcome, words: str
) -> None:
    report = graded(pool, f"def test_it():\n    {body}\n")
    assert report.verdict is Verdict.FAILED
    [test] = report.tests
    assert test.outcome is outcome
    assert words in test.message
    assert "site-packages" not in test.message


def test_a_fixture_of_another_kind_of_subject_is_told_to_the_author(pool: Pool) -> None:
    suite = "".join(f"def test_{n}({n}): pass\n" for n in ("database", "query", "schema"))
    report = graded(pool, suite)
    assert {test.outcome for test in report.tests} == {Outcome.ERROR}
    assert "The exercise's environment has no database." in report.tests[0].message
    for_http = probe("def test_it(client): pass\n", environment="postgres", subject=SCHEMA)
    [test] = grade(pool, "CREATE TABLE books (id int)", for_http).tests
    assert "`client` is for subjects of kind http; this one is schema." in test.message


def test_a_huge_difference_is_told_in_short_and_in_time(pool: Pool) -> None:
    suite = """
def test_it(client):
    text = client.get("/").text
    assert text == "\\n".join(str(n * 7) for n in range(100_000))
"""
    app = looking("return '\\n'.join(str(n * 3) for n in range(100_000))")
    report = graded(pool, suite, app)
    [test] = report.tests
    assert test.outcome is Outcome.FAILED
    assert len(test.message) < 3100
    assert report.phases["tests"] < 2


def test_modules_beside_the_tests_can_be_imported(pool: Pool) -> None:
    exercise = probe("from helper import ANSWER\ndef test_it(): assert ANSWER == 42\n")
    with_helper = replace(
        exercise, suite={**exercise.suite, "helper.py": "ANSWER = 42\n", "conftest.py": "\n"}
    )
    assert grade(pool, HONEST, with_helper).verdict is Verdict.PASSED


def test_a_failed_comparison_is_told_key_by_key_and_one_that_was_caught_is_not(pool: Pool) -> None:
    suite = """
import pytest

def test_keys(client):
    got = client.get("/").json()
    assert got == {"answer": 41, "unit": None}, "The answer must be 41."

def test_other_failure():
    with pytest.raises(AssertionError):
        assert {"a": 1} == {"a": 2}
    assert False, "Something else."
"""
    keys, other = graded(pool, suite).tests
    assert keys.message.startswith("The answer must be 41.\nassert ")
    assert [exchange["kind"] for exchange in keys.exchanges] == ["http", "comparison"]
    assert keys.exchanges[-1]["differences"] == [["answer", "41", "42"], ["unit", "None", None]]
    assert list(other.exchanges) == []


def test_what_a_command_wrote_is_told_to_be_kept_back(pool: Pool) -> None:
    suite = """
def test_it(run):
    run("echo", "secret", shown=False)
    run("echo", "open")
    assert False
"""
    exercise = probe(suite, subject={"kind": "command"})
    [test] = grade(pool, HONEST, exercise).tests
    assert [exchange["shown"] for exchange in test.exchanges] == [False, True]
    assert "secret" not in [exchange["stdout"].strip() for exchange in test.exchanges]
