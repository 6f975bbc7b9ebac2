"""Handing in the same files again, after a failure of ours or a cancelling."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.submissions.again import submit_again
from backyard.submissions.lifecycle import SubmissionState
from backyard.submissions.models import Submission
from grader.verdict import Verdict
from tests.unit.submissions.conftest import EXERCISE, Site, a_report

Csrf = Callable[[FlaskClient], str]
BUTTON = "Submit the same files again"


def failed(site: Site) -> str:
    """A submission that we could not grade."""
    return site.graded(a_report(verdict=Verdict.JUDGE_ERROR))


def again(site: Site, csrf: Csrf, submission: str, who: str = "owner", times: int = 1) -> list[str]:
    """Press the button some times; return where that leads to, or what the answers are."""
    client = site.client(who)
    fields = {"csrf_token": csrf(client)}
    url = f"/submissions/{submission}/again"
    answers = [client.post(url, data=fields) for _ in range(times)]
    return [answer.location or str(answer.status_code) for answer in answers]


def offers(site: Site, submission: str, who: str = "owner") -> bool:
    """Whether the page has the button, and shows it."""
    html = site.client(who).get(f"/submissions/{submission}").text
    return f'action="/submissions/{submission}/again"' in html


def test_one_click_hands_in_the_same_files(site: Site, csrf: Csrf) -> None:
    first = failed(site)
    assert offers(site, first)
    [place] = again(site, csrf, first)
    old, anew = site.stored()
    assert place == f"/submissions/{anew.id}"
    assert (anew.state, anew.files, anew.again_of) == (SubmissionState.QUEUED, old.files, first)
    assert old.verdict is Verdict.JUDGE_ERROR


def test_a_second_click_leads_to_the_same_submission(site: Site, csrf: Csrf) -> None:
    first, second = again(site, csrf, failed(site), times=2)
    assert first == second
    assert len(site.stored()) == 2


def test_two_clicks_at_the_same_time_hand_in_once(site: Site) -> None:
    submission = failed(site)

    def click(_: int) -> str:
        with site.app.app_context(), site.sessions() as session:
            user = session.scalars(select(User).where(User.username == "owner")).one()
            return submit_again(user, session.get_one(Submission, submission)).id

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(click, range(4)))) == 1
    assert len(site.stored()) == 2


def test_what_was_cancelled_may_come_again_too(site: Site, csrf: Csrf) -> None:
    submission = site.hand_in()
    assert not offers(site, submission)
    client = site.client("owner")
    client.post(f"/submissions/{submission}/cancel", data={"csrf_token": csrf(client)})
    assert offers(site, submission)
    again(site, csrf, submission)
    assert [row.state for row in site.stored()] == ["cancelled", "queued"]


def test_what_is_graded_is_handed_in_from_the_editor(site: Site, csrf: Csrf) -> None:
    submission = site.graded()
    assert not offers(site, submission)
    assert again(site, csrf, submission) == [f"/submissions/{submission}"]
    assert len(site.stored()) == 1


def test_after_our_failures_no_limit_stops_it(site: Site, csrf: Csrf) -> None:
    broken = [failed(site) for _ in range(15)]  # ten a minute may be handed in
    places = [again(site, csrf, name)[0] for name in broken]
    assert len(set(places)) == 15
    assert all(place.startswith("/submissions/") for place in places)


def test_cancelling_is_no_way_round_the_limit(site: Site, csrf: Csrf) -> None:
    client = site.client("owner")
    fields = {"csrf_token": csrf(client)}
    submission, codes = site.hand_in(), []
    for _ in range(11):
        client.post(f"/submissions/{submission}/cancel", data=fields)
        answer = client.post(f"/submissions/{submission}/again", data=fields)
        codes.append(answer.status_code)
        submission = (answer.location or "").rpartition("/")[2]
    assert codes == [303] * 10 + [429]


@pytest.mark.parametrize("who", ["stranger", "instructor", "admin"])
def test_nobody_hands_in_for_somebody_else(site: Site, csrf: Csrf, who: str) -> None:
    submission = failed(site)
    assert again(site, csrf, submission, who) == ["404"]
    assert who == "stranger" or not offers(site, submission, who)
    assert len(site.stored()) == 1


def change(site: Site, **fields: object) -> None:
    with site.sessions.begin() as session:
        for name, value in fields.items():
            setattr(session.get_one(ExerciseRow, EXERCISE), name, value)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"retired": True}, "This exercise can&#39;t be graded at the moment."),
        ({"files": ["main.py"]}, "is not a file of this exercise. It takes: main.py."),
    ],
)
def test_an_exercise_that_has_changed_says_why_not(
    site: Site, csrf: Csrf, changes: dict[str, object], sentence: str
) -> None:
    submission = failed(site)
    change(site, **changes)
    client = site.client("owner")
    fields = {"csrf_token": csrf(client)}
    url = f"/submissions/{submission}/again"
    assert sentence in client.post(url, data=fields, follow_redirects=True).text
    assert len(site.stored()) == 1


def test_who_follows_live_is_told_where_to_do_so(site: Site) -> None:
    for submission, url in ((failed(site), True), (site.graded(), False)):
        told = site.client("owner").get(f"/submissions/{submission}/state").json
        assert told is not None
        expected = f"/submissions/{submission}/again" if url else None
        assert told["events"][-1]["data"]["again_url"] == expected
