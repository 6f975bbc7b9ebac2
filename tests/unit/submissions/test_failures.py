"""What we could not grade, as those who run the site read of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from backyard.cli import main
from backyard.queue.interface import Setback
from backyard.submissions.lifecycle import Ending, Kind
from backyard.submissions.models import Attempt, Submission
from backyard.tryouts.models import TryoutFailure
from grader.verdict import Verdict
from tests.unit.submissions.conftest import EXERCISE, Site, a_report

BROKEN = a_report(verdict=Verdict.JUDGE_ERROR)


def fail(site: Site, cause: str, kind: Kind = Kind.SUBMIT) -> str:
    """A submission that we gave up at the second attempt; returns its id."""
    submission = site.hand_in(kind=kind)
    site.queue.release(site.claim(), Setback(Ending.JUDGE_ERROR, "an earlier cause"))
    site.queue.finish(site.claim(), BROKEN, cause)
    return submission


def page(site: Site, query: str = "") -> str:
    """What the admin reads."""
    answer = site.client("admin").get(f"/admin/failures{query}")
    assert answer.status_code == 200
    return answer.text


def test_it_lists_what_was_given_up_newest_first(site: Site) -> None:
    first, second = fail(site, "no image"), fail(site, "<b>it broke</b>")
    site.graded()
    html = page(site)
    assert html.index(second) < html.index(first)
    for text in ("flask/books-crud", "owner", "no image", "&lt;b&gt;it broke", "worker"):
        assert text in html
    assert html.count("/submissions/") == 2
    assert "an earlier cause" not in html


def test_it_says_which_are_runs(site: Site) -> None:
    for kind in (Kind.RUN, Kind.SUBMIT):
        fail(site, "no image", kind)
    assert re.findall(r"<td>(Run|Submission)</td>", page(site)) == ["Submission", "Run"]


def break_tryout(site: Site, cause: str) -> None:
    """A tryout that ended by our mistake."""
    with site.sessions.begin() as session:
        session.add(TryoutFailure(exercise_id="flask/books-crud", worker="other", cause=cause))


def test_tryouts_that_broke_stand_among_them(site: Site) -> None:
    fail(site, "no image")
    break_tryout(site, "the <i>stream</i> ended")
    fail(site, "no image")
    html = page(site)
    assert ">Failures (3 today)</a>" in html
    assert re.findall(r"<td>(Run|Submission|Tryout)</td>", html) == [
        "Submission",
        "Tryout",
        "Submission",
    ]
    assert "the &lt;i&gt;stream" in html
    assert html.count('href="/submissions/') == 2


def test_what_went_well_in_the_end_is_no_failure(site: Site) -> None:
    site.hand_in()
    site.queue.release(site.claim(), Setback(Ending.JUDGE_ERROR, "no image"))
    site.queue.finish(site.claim(), a_report())
    assert "There has been none." in page(site)


def test_the_navigation_counts_those_of_the_last_day(site: Site) -> None:
    assert ">Failures</a>" in page(site)
    fail(site, "new")
    old = fail(site, "old")
    with site.sessions.begin() as session:
        day_ago = session.get_one(Submission, old).created_at - timedelta(hours=25)
        session.execute(update(Submission).where(Submission.id == old).values(finished_at=day_ago))
        session.execute(
            update(Attempt)
            .where(Attempt.submission_id == old, Attempt.number == 2)
            .values(ended_at=day_ago)
        )
    html = page(site)
    assert ">Failures (1 today)</a>" in html
    assert old in html


@pytest.mark.parametrize("who", ["owner", "instructor", None])
def test_nobody_else_hears_of_it(site: Site, who: str | None) -> None:
    fail(site, "no image")
    assert "Failures" not in site.client(who).get("/exercises").text


def test_many_have_pages(site: Site) -> None:
    names = [fail(site, "no image") for _ in range(51)]
    assert re.search(r'rel="next" href="/admin/failures\?page=2"', page(site))
    assert names[0] in page(site, "?page=2")
    assert names[1] not in page(site, "?page=2")
    assert site.client("admin").get("/admin/failures?page=0").status_code == 404


def test_the_command_line_tells_the_same(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKYARD_INSTANCE", site.app.instance_path)
    assert CliRunner().invoke(main, ["failures"]).output == "There has been none.\n"
    submission = fail(site, "no image")
    said = CliRunner().invoke(main, ["failures", "--count", "1"])
    assert said.exit_code == 0
    first, second = said.output.splitlines()
    assert first.split()[1:] == ["submission", submission, "flask/books-crud", "owner", "worker"]
    assert second == "    no image"
    run = fail(site, "no image", Kind.RUN)
    said = CliRunner().invoke(main, ["failures", "--count", "1"])
    assert said.output.split()[1:3] == ["run", run]
    break_tryout(site, "it broke")
    said = CliRunner().invoke(main, ["failures", "--count", "1"])
    assert said.output.split()[1:] == ["tryout", EXERCISE, "other", "it", "broke"]
