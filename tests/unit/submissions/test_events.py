"""What a page is told, in order, once, and from where it left off."""

from __future__ import annotations

from typing import Any

import pytest

from backyard.queue.interface import Setback
from backyard.submissions.lifecycle import Ending
from grader.verdict import Outcome, Verdict
from tests.unit.submissions.conftest import Site, a_report, a_result

Events = list[dict[str, Any]]


class Reader:
    """A page that polls."""

    def __init__(self, site: Site, submission: str) -> None:
        self.last = ""
        self.done = False
        self._client = site.client("owner")
        self._url = f"/submissions/{submission}/state"

    def read(self, after: str | None = None) -> Events:
        """What is new since the last time, or since the event `after`."""
        query = {"after": self.last if after is None else after}
        answer = self._client.get(self._url, query_string=query).json
        assert answer is not None
        events: Events = answer["events"]
        self.done = answer["done"]
        self.last = events[-1]["id"] if events else self.last
        return events


def names(events: Events) -> list[str]:
    """The events' names."""
    return [event["event"] for event in events]


def test_a_submission_tells_its_story_once(site: Site) -> None:
    reader = Reader(site, site.hand_in())
    [queued] = reader.read()
    assert queued["data"] == {
        "state": "queued",
        "phase": "",
        "position": 1,
        "grader": "ok",
        "label": "Waiting in the queue: yours is next.",
    }
    assert reader.read() == []
    claim = site.claim()
    assert names(reader.read()) == ["reset", "state"]
    site.queue.phase(claim, "tests")
    [running] = reader.read()
    assert running["data"]["label"] == "Running the tests."
    site.queue.tests(claim, {0: a_result(0)})
    [first] = reader.read()
    assert first["data"]["id"] == "test_a"
    site.queue.finish(claim, a_report(a_result(0), a_result(1, Outcome.FAILED)))
    assert names(reader.read()) == ["state", "test", "verdict"]
    assert reader.done
    assert reader.read() == []
    assert reader.done


def test_who_comes_late_hears_everything(site: Site) -> None:
    reader = Reader(site, site.graded())
    assert names(reader.read()) == ["reset", "state", "test", "test", "verdict"]
    assert reader.done


def test_from_any_event_on_the_rest_follows(site: Site) -> None:
    submission = site.graded()
    story = Reader(site, submission).read()
    for place, event in enumerate(story, start=1):
        assert Reader(site, submission).read(after=event["id"]) == story[place:]


def test_the_verdict_says_what_the_page_shows(site: Site) -> None:
    submission = site.graded()
    verdict = Reader(site, submission).read()[-1]["data"]
    assert verdict.pop("html").startswith('<div class="verdict" data-verdict="passed">')
    assert verdict == {
        "verdict": "passed",
        "score": 100,
        "points": 3,
        "max_points": 3,
        "url": f"/submissions/{submission}",
        "again_url": None,
    }


def test_a_new_attempt_takes_back_what_the_last_one_showed(site: Site) -> None:
    reader = Reader(site, site.hand_in())
    claim = site.claim()
    site.queue.tests(claim, {0: a_result(0, Outcome.FAILED)})
    reader.read()
    site.queue.release(claim, Setback(Ending.JUDGE_ERROR, "it broke"))
    [waiting] = reader.read()
    assert waiting["data"]["label"] == "Something went wrong on our side. We try again in a moment."
    again = site.claim()
    site.queue.tests(again, {0: a_result(0)})
    events = reader.read()
    assert names(events) == ["reset", "state", "test"]
    assert events[-1]["data"]["outcome"] == "passed"


def test_a_judge_error_at_last_takes_no_test_back_that_was_told(site: Site) -> None:
    submission = site.hand_in()
    reader = Reader(site, submission)
    claim = site.claim()
    site.queue.tests(claim, {0: a_result(0)})
    told = reader.read()
    nothing = [a_result(test, Outcome.NOT_RUN) for test in (0, 1)]
    site.queue.finish(claim, a_report(*nothing, verdict=Verdict.JUDGE_ERROR))
    told += reader.read()
    anew = Reader(site, submission).read()
    heard, reloaded = (
        {
            event["data"]["id"]: event["data"]["outcome"]
            for event in events
            if event["event"] == "test"
        }
        for events in (told, anew)
    )
    assert heard == reloaded == {"test_a": "passed", "test_b": "not_run"}


def test_the_place_in_the_queue_is_told(site: Site) -> None:
    site.hand_in("stranger")
    mine = Reader(site, site.hand_in())
    [event] = mine.read()
    assert event["data"]["position"] == 2
    assert event["data"]["label"] == "Waiting in the queue: 1 submission is ahead of yours."
    site.queue.finish(site.claim(), a_report())
    [event] = mine.read()
    assert event["data"]["position"] == 1


def test_an_absent_grader_is_told_and_so_is_its_return(site: Site) -> None:
    site.grader_is(there=False)
    reader = Reader(site, site.hand_in())
    [event] = reader.read()
    assert event["data"]["grader"] == "away"
    assert event["data"]["label"].startswith("The grader is not running right now.")
    site.grader_is(there=True)
    [event] = reader.read()
    assert event["data"]["grader"] == "ok"


@pytest.mark.parametrize("after", ["", "nonsense", "-1-0-", "1-2", "9" * 99, "1-1-zzzz"])
def test_who_sends_no_events_id_hears_everything(site: Site, after: str) -> None:
    reader = Reader(site, site.graded())
    assert len(reader.read(after)) == 5
