"""Who may see a submission: its page, its stream, its state."""

from __future__ import annotations

import pytest

from tests.unit.submissions.conftest import Site

PLACES = ["", "/events", "/state"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", ["owner", "admin", "instructor"])
def test_it_is_open_to(site: Site, who: str, place: str) -> None:
    submission = site.graded()
    with site.client(who).get(f"/submissions/{submission}{place}") as answer:
        assert answer.status_code == 200


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", ["stranger", "other-instructor"])
def test_it_is_not_there_for(site: Site, who: str, place: str) -> None:
    submission = site.graded()
    assert site.client(who).get(f"/submissions/{submission}{place}").status_code == 404


@pytest.mark.parametrize("place", PLACES)
def test_who_is_not_logged_in_is_sent_to_log_in(site: Site, place: str) -> None:
    submission = site.graded()
    answer = site.client(None).get(f"/submissions/{submission}{place}")
    assert answer.status_code == 302
    assert answer.location.startswith("/login")


@pytest.mark.parametrize("place", PLACES)
def test_an_unknown_submission_is_not_there(site: Site, place: str) -> None:
    assert site.client("admin").get(f"/submissions/{'0' * 32}{place}").status_code == 404


def test_a_history_shows_nobody_elses(site: Site) -> None:
    submission = site.graded(username="stranger")
    assert submission not in site.client("owner").get("/submissions").text
    assert submission in site.client("stranger").get("/submissions").text
