"""Cancelling a submission, as people do it and read of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backyard.queue.interface import LeaseLost
from backyard.submissions.lifecycle import SubmissionState
from tests.unit.submissions.conftest import Site, a_report, a_result

Csrf = Callable[[FlaskClient], str]
JSON = {"Accept": "application/json"}


def cancel(
    site: Site, csrf: Csrf, submission: str, who: str = "owner", **options: Any
) -> TestResponse:
    """Press the button."""
    client = site.client(who)
    data = {"csrf_token": csrf(client), **options.pop("fields", {})}
    url = f"/submissions/{submission}/cancel"
    return client.post(url, data=data, **options)


def state(site: Site) -> SubmissionState:
    [row] = site.stored()
    return row.state


@pytest.mark.parametrize("runs", [False, True])
def test_one_cancels_what_waits_or_runs(site: Site, csrf: Csrf, runs: bool) -> None:
    submission = site.hand_in()
    claim = site.claim() if runs else None
    answer = cancel(site, csrf, submission)
    assert (answer.status_code, answer.location) == (303, f"/submissions/{submission}")
    assert state(site) is SubmissionState.CANCELLED
    html = site.client("owner").get(answer.location).text
    assert "so it does not count" in html
    assert "pending" not in html.split("<template")[0]
    assert 'data-slot="cancel" method="post" hidden' in html
    if claim:
        with pytest.raises(LeaseLost):
            site.queue.finish(claim, a_report())


def test_scripts_get_no_page(site: Site, csrf: Csrf) -> None:
    submission = site.hand_in()
    for _ in range(2):  # a second click is no mistake
        assert cancel(site, csrf, submission, headers=JSON).status_code == 204


def test_what_is_graded_stays_graded(site: Site, csrf: Csrf) -> None:
    submission = site.graded()
    refused = cancel(site, csrf, submission, headers=JSON)
    assert refused.status_code == 409
    assert refused.json == {
        "error": "This submission is graded already, so it can't be cancelled any more."
    }
    assert cancel(site, csrf, submission).status_code == 303
    assert state(site) is SubmissionState.DONE


@pytest.mark.parametrize("who", ["stranger", "instructor", "admin"])
def test_nobody_cancels_what_is_not_theirs(site: Site, csrf: Csrf, who: str) -> None:
    submission = site.hand_in()
    assert cancel(site, csrf, submission, who).status_code == 404
    assert state(site) is SubmissionState.QUEUED


def test_the_button_is_for_the_learner_alone(site: Site) -> None:
    submission = site.hand_in()
    for who, has in (("owner", True), ("instructor", False), ("admin", False)):
        html = site.client(who).get(f"/submissions/{submission}").text
        assert (f'action="/submissions/{submission}/cancel"' in html) is has


def test_a_history_offers_it_for_what_is_under_way_and_leads_back(site: Site, csrf: Csrf) -> None:
    done, waiting = site.graded(), site.hand_in()
    html = site.client("owner").get("/submissions").text
    assert f"/submissions/{waiting}/cancel" in html
    assert f"/submissions/{done}/cancel" not in html
    answer = cancel(site, csrf, waiting, fields={"back": "history"})
    assert answer.location == "/submissions"
    html = site.client("owner").get("/submissions").text
    assert "Cancelled" in html
    assert "/cancel" not in html


def test_who_follows_it_live_is_told_and_nothing_comes_after(site: Site, csrf: Csrf) -> None:
    submission = site.hand_in()
    site.queue.tests(site.claim(), {0: a_result(0)})
    cancel(site, csrf, submission)
    told = site.client("owner").get(f"/submissions/{submission}/state").json
    assert told is not None
    assert [event["event"] for event in told["events"]][-1] == "cancelled"
    assert told["done"]
    last = told["events"][-1]
    assert "Cancelled" in last["data"]["html"]
    after = site.client("owner").get(f"/submissions/{submission}/state?after={last['id']}").json
    assert after == {"events": [], "done": True}


def test_the_stream_ends_with_it(site: Site, csrf: Csrf) -> None:
    submission = site.hand_in()
    cancel(site, csrf, submission)
    with site.client("owner").get(f"/submissions/{submission}/events") as stream:
        assert (
            stream.get_data(as_text=True).rstrip().rpartition("event: ")[2].startswith("cancelled")
        )
