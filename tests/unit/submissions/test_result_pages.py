"""What a failed test shows on the verdict page, whatever the learner's program said."""

from __future__ import annotations

import json

import pytest

from grader.verdict import Outcome, Verdict
from tests.unit.submissions.conftest import Site, a_report, a_result

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


def page(site: Site, submission: str) -> str:
    """The verdict page."""
    answer = site.client("owner").get(f"/submissions/{submission}")
    assert answer.status_code == 200
    return answer.text


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


def test_a_table_that_was_cut_does_not_say_how_many_rows_there_were(site: Site) -> None:
    many = [[str(number)] for number in range(30)]
    cut = ROWS | {"columns": ["n"], "expected": many, "actual": [["0"]], "missing": many[1:]}
    failed = a_result(0, Outcome.FAILED, exchanges=(cut,))
    html = page(site, site.graded(a_report(failed, verdict=Verdict.FAILED)))
    assert "Expected: at least 30 rows" in html
    assert "Yours: 1 row<" in html
