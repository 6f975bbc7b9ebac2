"""The pages of regrades, and what learners read afterwards."""

from __future__ import annotations

from contextvars import Context

import pytest
from werkzeug.test import TestResponse

from backyard.db import db
from backyard.teaching.models import Regrade
from tests.unit.teaching.school import NEW, School, school

__all__ = ["school"]  # a fixture

EXERCISE = "/teaching/exercises/flask/books"


def get(school: School, path: str, who: str) -> TestResponse:
    """Open a page: in a context of its own, as the test holds the application's open."""
    return Context().run(lambda: school.site.browser(who).get(path))


def post(school: School, path: str, who: str = "admin") -> TestResponse:
    """Press a button, in the same way; the test sees what came of it."""
    answer = Context().run(lambda: school.site.browser(who).post(path))
    db.session.expire_all()
    return answer


def text(school: School, path: str, who: str = "admin") -> str:
    answer = get(school, path, who)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def place(regrade: Regrade) -> str:
    return f"/teaching/regrades/{regrade.id}"


def test_a_button_leads_to_the_preview_which_follows_until_all_is_graded(school: School) -> None:
    school.graded("member", 3)
    school.publish(NEW)
    assert "are graded anew with version 2" in text(school, EXERCISE)
    answer = post(school, f"{EXERCISE}/regrades")
    regrade = school.ask()
    assert (answer.status_code, answer.location) == (303, place(regrade))
    page = text(school, place(regrade))
    assert "0 of 1 submissions are graded anew." in page
    assert "data-live" in page
    assert "Apply" not in page
    school.grade_anew(regrade, member=1)
    page = text(school, place(regrade))
    assert "All 1 submissions are graded anew. Nothing has changed yet" in page
    assert "data-live" not in page
    assert "Passed</span> 3 of 3 points" in page
    assert "Failed</span> 1 of 3 points" in page


def test_apply_and_undo_are_buttons_that_say_what_they_did(school: School) -> None:
    school.graded("member", 3)
    school.publish(NEW)
    regrade = school.regraded(member=1)
    post(school, f"{place(regrade)}/apply")
    page = text(school, place(regrade))
    assert "The new verdicts count now." in page
    assert "Who changed" in page
    post(school, f"{place(regrade)}/apply")
    assert "That can&#39;t be done any more, or not yet" in text(school, place(regrade))
    post(school, f"{place(regrade)}/undo")
    assert "The old verdicts count again." in text(school, place(regrade))
    assert ">Undone</td>" in text(school, EXERCISE)


def test_a_dropped_regrade_is_gone_and_an_applied_one_can_not_be_dropped(school: School) -> None:
    school.graded("member", 3)
    school.publish(NEW)
    regrade = school.ask()
    gone = place(regrade)
    post(school, f"{gone}/drop")
    assert "The regrade is dropped." in text(school, EXERCISE)
    assert get(school, gone, "admin").status_code == 404
    regrade = school.regraded(member=1)
    school.apply(regrade)
    post(school, f"{place(regrade)}/drop")
    assert "That can&#39;t be done any more" in text(school, place(regrade))


def test_when_there_is_nothing_to_do_a_sentence_says_so(school: School) -> None:
    school.graded("member", 3)
    post(school, f"{EXERCISE}/regrades")
    assert "There is nothing to grade anew" in text(school, EXERCISE)


def test_what_we_could_not_grade_is_listed_with_the_reason(school: School) -> None:
    school.graded("member", 3)
    school.publish(NEW)
    page = text(school, place(school.regraded()))
    assert "1 could not be graded, through a fault of ours." in page
    assert "The sandbox broke." in page


def test_a_newer_version_is_pointed_out(school: School) -> None:
    school.graded("member", 3)
    school.publish(NEW)
    regrade = school.regraded(member=1)
    assert "There is a newer version" not in text(school, place(regrade))
    school.publish("c" * 64)
    assert "There is a newer version" in text(school, place(regrade))


def test_another_instructor_sees_neither_it_nor_that_it_is_there(school: School) -> None:
    school.graded("member", 3)
    school.publish(NEW)
    regrade = school.ask("instructor")
    assert text(school, place(regrade), "instructor")
    assert text(school, place(regrade), "admin")
    assert get(school, place(regrade), "colleague").status_code == 404
    assert place(regrade) not in text(school, EXERCISE, "colleague")
    assert place(regrade) in text(school, EXERCISE, "instructor")


@pytest.mark.parametrize("who", ["member", "instructor", "admin"])
def test_a_submissions_page_keeps_every_verdict(school: School, who: str) -> None:
    submission = f"/submissions/{school.graded('member', 3)}"
    school.publish(NEW)
    regrade = school.regraded(member=1)
    assert "Every verdict is kept." not in text(school, submission, who)
    school.apply(regrade)
    page = text(school, submission, who)
    assert "Graded with version 2 of the exercise." in page
    assert "Every verdict is kept." in page
    history = page.split('id="verdicts-heading"')[1].split("</table>")[0]
    assert [words in history for words in ("3 of 3", "1 of 3", "<td>1</td>", "<td>2</td>")] == [
        True
    ] * 4
    school.undo(regrade)
    page = text(school, submission, who)
    assert "Graded with version 1 of the exercise." in page
    assert "1 of 3" in page.split('id="verdicts-heading"')[1]
