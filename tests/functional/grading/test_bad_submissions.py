"""Bad submissions get verdicts of their own in time, and the next learner notices nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import docker
import pytest

from grader.verdict import Outcome, Report, Verdict
from sandbox.environment import load_environments
from sandbox.pool import Pool
from tests.functional.conftest import WARM, wait_for_containers
from tests.functional.grading.bad_submissions import BAD, HONEST, Bad
from tests.functional.probes import grade, looking, probe

LATE = 2.0
"""Seconds past the limit within which a verdict must be in."""

USUAL = 2.0
"""Seconds that the honest submission may take. It takes 0.1 where nothing else runs."""

SUITE = '''
def test_it(client):
    """It answers."""
    assert client.get("/").json() == {"answer": 42}
'''
EXERCISE = probe(SUITE)


def said(report: Report) -> str:
    """All that the learner reads."""
    return "\n".join([report.message, *(test.message for test in report.tests)])


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_it_gets_its_own_verdict_in_time_and_the_next_is_graded_as_ever(
    pool: Pool, engine: docker.APIClient, bad: Bad
) -> None:
    report = grade(pool, bad.code, probe(SUITE, seconds=bad.seconds, test_seconds=1))
    assert report.verdict is bad.verdict, said(report)
    assert bad.words in said(report)
    assert report.phases["tests"] < bad.seconds + LATE
    assert report.points == 0
    honest = grade(pool, HONEST, EXERCISE)
    assert honest.verdict is Verdict.PASSED, said(honest)
    assert honest.phases["tests"] < USUAL
    wait_for_containers(engine, WARM * len(load_environments()))


@pytest.mark.parametrize(
    "name",
    ["a fork bomb in a request", "all memory in a request", "a loop in a request",
     "10 GB printed in a request"],
)  # fmt: skip
def test_who_is_graded_meanwhile_notices_nothing(pool: Pool, name: str) -> None:
    with ThreadPoolExecutor(1) as executor:
        bad = executor.submit(grade, pool, BAD[name].code, probe(SUITE, test_seconds=2))
        while not bad.done():
            honest = grade(pool, HONEST, EXERCISE)
            assert honest.verdict is Verdict.PASSED, said(honest)
            assert honest.phases["tests"] < USUAL
        assert bad.result().verdict is BAD[name].verdict


def test_what_passed_before_a_limit_keeps_its_points(pool: Pool) -> None:
    suite = """
def test_first(client):
    assert client.get("/").status_code == 200

def test_second(client):
    client.get("/loop")
"""
    code = looking("while path: pass\nreturn {'answer': 42}")
    report = grade(pool, code, probe(suite, seconds=1.5, test_seconds=4))
    assert report.verdict is Verdict.TIMEOUT
    assert [test.outcome for test in report.tests] == [Outcome.PASSED, Outcome.NOT_RUN]
    assert report.score == 50


def test_an_error_in_a_request_is_shown_with_the_learners_own_traceback(pool: Pool) -> None:
    code = HONEST.replace("return {'answer': 42}", "return {'answer': 1 / 0}")
    report = grade(pool, code, EXERCISE)
    assert report.verdict is Verdict.FAILED
    [first] = report.tests
    assert first.outcome is Outcome.FAILED
    assert first.exchanges[0]["response"]["status"] == 500
    assert "ZeroDivisionError: division by zero" in first.output
    assert 'File "app.py"' in first.output
    assert "site-packages" not in first.output
