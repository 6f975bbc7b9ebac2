"""The verdict page and the history, as people read them."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from sqlalchemy import inspect

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow, ExerciseVersion
from backyard.queue.interface import Setback
from backyard.submissions import services
from backyard.submissions.lifecycle import Ending
from backyard.submissions.models import Submission
from grader.verdict import Outcome, Verdict
from tests.unit.submissions.conftest import EXERCISE, Site, a_report, a_result


def page(site: Site, submission: str, who: str = "owner") -> str:
    """The verdict page."""
    answer = site.client(who).get(f"/submissions/{submission}")
    assert answer.status_code == 200
    return answer.text


def test_a_waiting_submission_shows_where_it_is_and_every_test_pending(site: Site) -> None:
    html = page(site, site.hand_in())
    assert "Waiting in the queue: yours is next." in html
    assert html.split("<template")[0].count('data-outcome="pending"') == 2
    assert 'data-events-url="/submissions/' in html


def test_a_running_one_shows_what_has_come_in(site: Site) -> None:
    submission = site.hand_in()
    claim = site.claim()
    site.queue.phase(claim, "tests")
    site.queue.tests(claim, {1: a_result(1, Outcome.FAILED, message="no list")})
    html = page(site, submission).split("<template")[0]
    assert "Running the tests." in html
    assert html.count('data-outcome="pending"') == 1
    assert html.count('data-outcome="failed"') == 1


def test_a_done_one_is_complete_without_scripts(site: Site) -> None:
    report = a_report(
        a_result(0), a_result(1, Outcome.FAILED, message="no list"), verdict=Verdict.FAILED
    )
    html = page(site, site.graded(report)).split("<template")[0]
    assert "1 of 3 points" in html
    assert "no list" in html
    assert "pending" not in html


def test_a_done_one_says_where_the_time_went(site: Site) -> None:
    phases = {"sandbox": 0.004, "subject": 0.3, "tests": 0.75, "store": 0.021}
    submission = site.graded(replace(a_report(), phases=phases))
    told = site.client("owner").get(f"/submissions/{submission}/state").json
    assert told is not None
    for html in (page(site, submission), told["events"][-1]["data"]["html"]):
        found = re.search(
            r"waited \d+\.\d\d s · sandbox 0.00 s · start 0.30 s · "
            r"tests 0.45 s · stored (\d+\.\d\d) s<",
            html.replace("\N{NO-BREAK SPACE}", " "),
        )
        assert found, html
        assert float(found[1]) >= 0.02  # what was told, and the storing of the verdict itself


def test_the_first_test_that_failed_is_one_click_away(site: Site) -> None:
    failed = a_result(1, Outcome.FAILED)
    html = page(site, site.graded(a_report(a_result(0), failed, verdict=Verdict.FAILED)))
    [target] = re.findall(r'href="#([^"]+)">To the first test that failed', html)
    shown = re.search(r'<li class="test" id="([^"]+)" [^>]*data-outcome="failed"', html)
    assert shown
    assert unquote(target) == shown[1]


def test_where_nothing_failed_there_is_nothing_to_be_led_to(site: Site) -> None:
    assert "To the first test" not in page(site, site.graded(a_report()))


def test_without_a_run_there_is_no_time_to_tell_of(site: Site) -> None:
    report = replace(a_report(verdict=Verdict.JUDGE_ERROR), phases={"sandbox": 1.0})
    assert "waited" not in page(site, site.graded(report))


def test_the_page_says_that_an_environment_is_starting(site: Site) -> None:
    submission = site.hand_in()
    site.queue.phase(site.claim(), "starting")
    assert "Starting the environment." in page(site, submission)


def test_the_page_says_when_nobody_grades(site: Site) -> None:
    site.grader_is(there=False)
    assert "The grader is not running right now." in page(site, site.hand_in())


def version(content: str, number: int) -> ExerciseVersion:
    """A published version."""
    return ExerciseVersion(
        exercise_id=EXERCISE, number=number, content_hash=content * 64, files={}, source="site"
    )


def test_the_page_says_which_version_graded_and_whether_there_is_a_newer_one(site: Site) -> None:
    submission = site.graded()
    assert "Graded with version" not in page(site, submission)
    with site.sessions.begin() as session:
        session.add_all([version("a", 3), version("b", 4)])
    assert "Graded with version 3 of the exercise." in page(site, submission)
    assert "It is at version" not in page(site, submission)
    with site.sessions.begin() as session:
        session.get_one(ExerciseRow, EXERCISE).content_hash = "b" * 64
    assert "Graded with version 3 of the exercise. It is at version 4 now" in page(site, submission)


def test_the_page_says_when_the_exercise_has_changed_since(site: Site) -> None:
    submission = site.graded()
    assert "was changed after you handed in" not in page(site, submission)
    with site.sessions.begin() as session:
        session.get_one(Submission, submission).content_hash = "0" * 64
    assert "was changed after you handed in" in page(site, submission)


def test_an_exercise_that_is_gone_keeps_its_name_and_loses_its_link(site: Site) -> None:
    submission = site.graded()
    with site.sessions.begin() as session:
        session.get_one(ExerciseRow, EXERCISE).retired = True
    html = page(site, submission)
    assert "Books (no longer offered)" in html
    assert 'href="/exercises/flask/books-crud"' not in html


def test_our_failure_is_said_to_be_ours(site: Site) -> None:
    submission = site.hand_in()
    site.queue.finish(site.claim(), a_report(verdict=Verdict.JUDGE_ERROR), cause="no image")
    html = page(site, submission)
    assert "That is our mistake, not yours" in html
    assert "no image" not in html


def test_those_who_teach_are_told_which_verdicts_can_be_forged(site: Site) -> None:
    submission = site.graded()
    assert "Not forge-proof" not in page(site, submission, "instructor")
    with site.sessions.begin() as session:
        session.get_one(ExerciseRow, EXERCISE).forge_proof = False
    assert "Not forge-proof" in page(site, submission, "instructor")
    assert "Not forge-proof" not in page(site, submission)


def test_only_admins_see_what_became_of_our_attempts(site: Site) -> None:
    submission = site.hand_in()
    site.queue.release(site.claim(), Setback(Ending.JUDGE_ERROR, "no image"))
    assert "no image" in page(site, submission, "admin")
    for who in ("owner", "instructor"):
        assert "no image" not in page(site, submission, who)


def test_a_history_is_newest_first(site: Site) -> None:
    ids = [site.graded(), site.hand_in()]
    html = site.client("owner").get("/submissions").text
    assert html.index(ids[1]) < html.index(ids[0])
    assert "Waiting" in html
    assert "100 %" in html


def test_a_history_is_read_without_files_and_long_texts(site: Site) -> None:
    site.hand_in()
    with site.app.app_context(), site.sessions() as session:
        owner = session.query(User).filter_by(username="owner").one()
        [(submission, exercise)] = services.history(owner, 1).entries
        assert inspect(submission).unloaded == {"files"}
        assert inspect(exercise).unloaded == {"statement", "starter", "hints", "tests"}


def test_a_long_history_has_pages(site: Site) -> None:
    ids = [site.hand_in() for _ in range(27)]
    client = site.client("owner")
    first, second = (client.get(f"/submissions?page={number}").text for number in (1, 2))
    assert [name in first for name in ids] == [False] * 2 + [True] * 25
    assert [name in second for name in ids] == [True] * 2 + [False] * 25
    assert "Older" in first
    assert "Newer" in second


def test_an_empty_history_says_what_to_do(site: Site) -> None:
    assert "You have handed in nothing yet." in site.client("owner").get("/submissions").text


@pytest.mark.parametrize("number", ["0", "-1", "99999999"])
def test_there_is_no_such_page(site: Site, number: str) -> None:
    assert site.client("owner").get(f"/submissions?page={number}").status_code == 404
