"""Running the visible tests, which counts nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from backyard.catalog.models import ExerciseRow, Progress
from backyard.submissions.lifecycle import Kind, SubmissionState
from backyard.submissions.models import Submission
from backyard.submissions.results import recompute_progress
from grader.verdict import Outcome, Verdict
from tests.unit.submissions.conftest import EXERCISE, TESTS, Build, Site, a_report, a_result
from tests.unit.submissions.test_submitting import GOOD, send, send_form

URL = "/exercises/flask/books-crud/runs"
Token = Callable[[FlaskClient], str]
Run = Callable[[], str]


@pytest.fixture
def run(site: Site, csrf: Token) -> Run:
    """The owner runs the files; gives the run's id."""
    client = site.client("owner")
    token = csrf(client)

    def run() -> str:
        answer = send(client, token, GOOD, URL)
        assert answer.status_code == 201
        return str(answer.json and answer.json["id"])

    return run


def finish(site: Site, outcome: Outcome = Outcome.PASSED) -> None:
    """The next one gets its verdict, on the visible test alone."""
    verdict = Verdict.PASSED if outcome is Outcome.PASSED else Verdict.FAILED
    site.queue.finish(site.claim(), a_report(a_result(0, outcome), verdict=verdict))


def test_it_is_queued_as_a_run(site: Site, run: Run) -> None:
    run()
    [row] = site.stored()
    assert (row.kind, row.state) == (Kind.RUN, SubmissionState.QUEUED)
    assert site.claim().kind is Kind.RUN


def test_what_is_handed_in_is_no_run(site: Site, csrf: Token) -> None:
    client = site.client("owner")
    send(client, csrf(client), GOOD)
    assert site.claim().kind is Kind.SUBMIT


def test_it_counts_nowhere(site: Site, run: Run) -> None:
    run()
    finish(site)
    with site.sessions() as session:
        assert session.scalars(select(Progress)).all() == []
    assert "Books" not in site.client("owner").get("/submissions").text


def test_it_does_not_count_when_progress_is_made_anew(site: Site, run: Run) -> None:
    site.graded(a_report(a_result(0, Outcome.FAILED), a_result(1, Outcome.FAILED)))
    run()
    finish(site)
    with site.sessions.begin() as session:
        user_id = session.scalars(select(Submission.user_id)).first()
        assert user_id
        recompute_progress(
            session, user_id, EXERCISE, session.scalars(select(Progress)).one().updated_at
        )
        assert session.scalars(select(Progress.points)).all() == [0]


def test_a_new_one_takes_the_place_of_the_one_before(site: Site, run: Run) -> None:
    handed_in = site.graded()
    run()
    finish(site)
    newest = run()
    assert {row.id for row in site.stored()} == {handed_in, newest}


def test_a_new_one_calls_off_the_one_that_goes_on(site: Site, run: Run) -> None:
    goes_on = run()
    site.claim()
    waits = run()
    states = {row.id: row.state for row in site.stored()}
    assert states == {goes_on: SubmissionState.CANCELLED, waits: SubmissionState.QUEUED}


def test_what_we_failed_to_run_stays_for_operators(site: Site, run: Run) -> None:
    failed = run()
    site.queue.finish(site.claim(), a_report(verdict=Verdict.JUDGE_ERROR), cause="it broke")
    newest = run()
    assert {row.id for row in site.stored()} == {failed, newest}


def test_others_runs_stay(site: Site, csrf: Token, run: Run) -> None:
    mine = run()
    stranger = site.client("stranger")
    send(stranger, csrf(stranger), GOOD, URL)
    assert site.claim().submission_id == mine
    assert len(site.stored()) == 2


def test_its_page_has_the_visible_tests_and_no_score(site: Site, run: Run) -> None:
    page = f"/submissions/{run()}"
    waiting = site.client("owner").get(page).text
    pending = waiting.partition("<template")[0]
    assert 'data-test="test_a"' in pending
    assert 'data-test="test_b"' not in pending
    finish(site)
    done = site.client("owner").get(page).text
    assert "Visible tests passed" in done
    assert "1 of 1 points" not in done


def test_it_is_what_the_exercise_page_shows_afterwards(site: Site, run: Run) -> None:
    site.graded()
    run()
    finish(site, Outcome.FAILED)
    page = site.client("owner").get(f"/exercises/{EXERCISE}").text
    assert "A run is not scored." in page


def test_an_exercise_whose_tests_are_all_hidden_has_none(site: Site, csrf: Token) -> None:
    with site.sessions.begin() as session:
        session.get_one(ExerciseRow, EXERCISE).tests = [test | {"visible": False} for test in TESTS]
    client = site.client("owner")
    assert send(client, csrf(client), GOOD, URL).status_code == 403
    assert 'data-action="run"' not in client.get(f"/exercises/{EXERCISE}").text


def test_a_bad_file_is_refused_and_the_run_before_stays(site: Site, csrf: Token, run: Run) -> None:
    before = run()
    client = site.client("owner")
    assert send(client, csrf(client), [("../app.py", b"")], URL).status_code == 422
    assert [row.id for row in site.stored()] == [before]


def test_the_same_can_be_run_again_after_it_was_cancelled(
    site: Site, csrf: Token, run: Run
) -> None:
    cancelled = run()
    client = site.client("owner")
    token = csrf(client)
    client.post(f"/submissions/{cancelled}/cancel", data={"csrf_token": token})
    answer = client.post(f"/submissions/{cancelled}/again", data={"csrf_token": token})
    anew = answer.location.rpartition("/")[2]
    assert [(row.id, row.kind) for row in site.stored()] == [(anew, Kind.RUN)]


def test_a_form_without_scripts_runs_too(site: Site, csrf: Token) -> None:
    client = site.client("owner")
    texts = {name: data.decode() for name, data in GOOD}
    answer = send_form(client, csrf(client), URL, **texts)
    [row] = site.stored()
    assert (answer.status_code, row.kind) == (303, Kind.RUN)


def repeat(site: Site, csrf: Token, times: int) -> list[int]:
    """Cancel the last one and bring it again, some times; gives the answers."""
    client, codes = site.client("owner"), []
    fields = {"csrf_token": csrf(client)}
    for _ in range(times):
        url = f"/submissions/{site.stored()[-1].id}"
        client.post(f"{url}/cancel", data=fields)
        codes.append(client.post(f"{url}/again", data=fields).status_code)
    return codes


def test_a_run_comes_again_as_often_as_runs_may(site: Site, csrf: Token, run: Run) -> None:
    run()
    assert repeat(site, csrf, 31) == [303] * 30 + [429]


def test_runs_that_came_again_use_up_nothing_of_submissions(build: Build, csrf: Token) -> None:
    site = build(submit_rate="2 per minute", run_rate="2 per minute")
    client = site.client("owner")
    send(client, csrf(client), GOOD, URL)
    assert repeat(site, csrf, 3) == [303, 303, 429]
    send(client, csrf(client), GOOD)
    assert repeat(site, csrf, 3) == [303, 303, 429]


def test_a_run_that_we_failed_is_not_repeated_without_end(build: Build, csrf: Token) -> None:
    site = build(run_rate="2 per minute")
    client = site.client("owner")
    token = csrf(client)
    failed = str((send(client, token, GOOD, URL).json or {})["id"])
    site.queue.finish(site.claim(), a_report(a_result(0), verdict=Verdict.JUDGE_ERROR))
    fields = {"csrf_token": token}
    again = f"/submissions/{failed}/again"
    assert [client.post(again, data=fields).status_code for _ in range(3)] == [303, 303, 429]
