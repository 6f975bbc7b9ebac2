"""The verdict page and the history, as people read them."""

from __future__ import annotations

import json
import re
from dataclasses import replace

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

HOSTILE = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"

HTTP = {
    "kind": "http",
    "request": {
        "method": "POST",
        "url": f"/books?{HOSTILE}",
        "headers": [["Accept", HOSTILE]],
        "body": HOSTILE,
    },
    "response": {"status": 500, "reason": HOSTILE, "headers": [["X", HOSTILE]], "body": HOSTILE},
    "error": HOSTILE,
    "seconds": 0.1,
}
SQL = {
    "kind": "sql",
    "statement": HOSTILE,
    "parameters": HOSTILE,
    "columns": [HOSTILE],
    "rows": [[HOSTILE], [None]],
    "row_count": 30,
    "error": None,
}
ROWS = {
    "kind": "rows",
    "columns": [HOSTILE, "b"],
    "expected": [[HOSTILE, 1]],
    "actual": [[HOSTILE, 2]],
    "missing": [[HOSTILE, 1]],
    "extra": [[HOSTILE, 2]],
    "order": "none",
}

CALL = {"kind": "call", "call": HOSTILE, "result": None, "error": HOSTILE, "seconds": 0.1}
RUN = {
    "kind": "run",
    "command": HOSTILE,
    "stdin": HOSTILE,
    "exit_code": 1,
    "stdout": HOSTILE,
    "stderr": HOSTILE,
    "error": None,
    "seconds": 0.1,
}
STATEMENTS = {
    "kind": "statements",
    "most": 2,
    "total": 9,
    "statements": [[HOSTILE, 8], [HOSTILE, 1]],
}
PLAN = {"kind": "plan", "statement": HOSTILE, "plan": HOSTILE}
COMPARISON = {
    "kind": "comparison",
    "op": "==",
    "got": HOSTILE,
    "expected": HOSTILE,
    "differences": [[HOSTILE, HOSTILE, None], [HOSTILE, None, HOSTILE]],
}
KINDS = (HTTP, SQL, ROWS, CALL, RUN, STATEMENTS, PLAN, COMPARISON)


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
            html,
        )
        assert found, html
        assert float(found[1]) >= 0.02  # what was told, and the storing of the verdict itself


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


@pytest.mark.parametrize("exchange", KINDS, ids=[str(exchange["kind"]) for exchange in KINDS])
def test_what_learners_code_says_is_never_markup(site: Site, exchange: dict[str, object]) -> None:
    failed = a_result(
        0, Outcome.FAILED, message=HOSTILE, exchanges=(exchange,), output=f"</pre>{HOSTILE}"
    )
    report = a_report(failed, verdict=Verdict.FAILED, message=HOSTILE)
    submission = site.graded(report)
    state = site.client("owner").get(f"/submissions/{submission}/state").json
    assert state is not None
    live = "".join(event["data"].get("html", "") for event in state["events"])
    for html in (page(site, submission), live):
        assert HOSTILE not in html
        assert html.count(ESCAPED) >= 5


def test_rows_say_in_words_which_are_missing_and_which_too_many(site: Site) -> None:
    failed = a_result(0, Outcome.FAILED, exchanges=(ROWS,))
    html = page(site, site.graded(a_report(failed, verdict=Verdict.FAILED)))
    assert "</span> missing</th>" in html
    assert "</span> too many</th>" in html


def test_rows_in_the_wrong_order_are_said_to_be_that(site: Site) -> None:
    swapped = {
        **ROWS,
        "expected": [["a", 1], ["b", 2]],
        "actual": [["b", 2], ["a", 1]],
        "missing": [],
        "extra": [],
        "order": "exact",
    }
    failed = a_result(0, Outcome.FAILED, exchanges=(swapped,))
    html = page(site, site.graded(a_report(failed, verdict=Verdict.FAILED)))
    assert "The rows are right, their order is not." in html


def test_a_row_that_moved_is_told_its_right_place(site: Site) -> None:
    swapped = {
        **ROWS,
        "expected": [["a", 1], ["b", 2], ["c", 3]],
        "actual": [["c", 3], ["a", 1], ["b", 2]],
        "missing": [],
        "extra": [],
        "order": "exact",
    }
    failed = a_result(0, Outcome.FAILED, exchanges=(swapped,))
    html = page(site, site.graded(a_report(failed, verdict=Verdict.FAILED)))
    assert html.count("</span> moved, belongs in row 3</th>") == 1


def test_a_failed_test_has_its_words_then_the_difference_then_the_rest(site: Site) -> None:
    before = HTTP | {"request": {**HTTP["request"], "url": "/before"}}  # type: ignore[dict-item]
    failed = a_result(
        0,
        Outcome.FAILED,
        message="A bad book is refused.\nassert 500 == 400",
        exchanges=(before, HTTP),
        output='Traceback (most recent call last):\n  File "app.py", line 3, in x\n',
    )
    html = page(site, site.graded(a_report(failed, verdict=Verdict.FAILED)))
    order = ["A bad book is refused.", "difference-expected", "/books?", "differs", "/before"]
    assert sorted(order, key=html.index) == order
    assert 'href="/exercises/flask/books-crud#file=app.py&amp;line=3"' in html
    assert '<details class="test-output" open>' in html


def test_a_key_that_differs_is_marked_in_the_body_and_never_markup(site: Site) -> None:
    headers = [["content-type", "application/json"]]
    body = json.dumps({HOSTILE: HOSTILE, "b": 1})
    answer = HTTP | {"response": {"status": 200, "reason": "", "headers": headers, "body": body}}
    told = COMPARISON | {"differences": [[HOSTILE, "1", HOSTILE]]}
    failed = a_result(0, Outcome.FAILED, exchanges=(answer, told))
    html = page(site, site.graded(a_report(failed, verdict=Verdict.FAILED)))
    mark = '<mark class="differs"><span class="visually-hidden">differs: </span>  &#34;'
    assert f"{mark}{ESCAPED}&#34;: " in html
    assert html.count("<mark") == 1
    assert HOSTILE not in html


def test_a_commands_output_that_is_kept_back_is_not_said_to_be_nothing(site: Site) -> None:
    kept = RUN | {"shown": False, "stdout": "", "stderr": ""}
    failed = a_result(0, Outcome.FAILED, exchanges=(kept,))
    html = page(site, site.graded(a_report(failed, verdict=Verdict.FAILED)))
    assert "Its output is not shown" in html
    assert "(nothing)" not in html
    printed = RUN | {"stdout": "", "shown": True}
    failed = a_result(0, Outcome.FAILED, exchanges=(printed,))
    html = page(site, site.graded(a_report(failed, verdict=Verdict.FAILED)))
    assert "(nothing)" in html


def test_a_syntax_error_is_told_with_file_line_and_the_line_itself(site: Site) -> None:
    said = 'File "app.py", line 5\n    def <b>(:\n           ^\nSyntaxError: invalid <i> syntax'
    html = page(site, site.graded(a_report(verdict=Verdict.CRASHED, message=said)))
    assert "#file=app.py&amp;line=5" in html
    assert ">app.py, line 5</a>" in html
    assert ">def &lt;b&gt;(:</pre>" in html
    assert "SyntaxError: invalid &lt;i&gt; syntax" in html


def test_points_and_what_is_hidden_are_told(site: Site) -> None:
    failed = a_result(1, Outcome.FAILED)
    html = page(site, site.graded(a_report(a_result(0), failed, verdict=Verdict.FAILED)))
    assert "1 of the 2 tests is hidden" in html
    assert "0 of 2 points" in html
    assert html.count("0.00 s · hidden</span>") == 1


def test_our_failure_says_that_nothing_was_counted(site: Site) -> None:
    submission = site.hand_in()
    site.queue.finish(site.claim(), a_report(verdict=Verdict.JUDGE_ERROR), cause="no image")
    assert "Nothing was counted" in page(site, submission)


def test_calls_commands_statements_and_plans_are_told(site: Site) -> None:
    returned = CALL | {"error": None, "result": "Decimal('4.00')"}
    failed = a_result(0, Outcome.FAILED, exchanges=(returned, RUN, STATEMENTS, PLAN))
    html = page(site, site.graded(a_report(failed, verdict=Verdict.FAILED)))
    for words in (
        "Decimal(&#39;4.00&#39;)",
        "Standard output, exit code 1",
        "9 statements were sent, 2 would do",
        "PostgreSQL&#39;s plan",
    ):
        assert words in html


def test_a_null_is_not_the_text_none(site: Site) -> None:
    failed = a_result(0, Outcome.FAILED, exchanges=(SQL,))
    html = page(site, site.graded(a_report(failed, verdict=Verdict.FAILED)))
    assert '<em class="null">NULL</em>' in html
    assert "30 rows, of which 2 are shown" in html


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
