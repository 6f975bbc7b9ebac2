"""A result comes in whatever becomes of the connection and of the grader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Route, expect

from tests.browser.conftest import Cast
from tests.browser.server import prepare_site, web_alone, worker_alone

CUSTOMERS = "sql/top-customers"


def test_polling_finishes_what_a_broken_stream_cannot(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    ada.watch.expect("ERR_FAILED")
    ada.page.route("**/events", lambda route: route.abort())
    ada.paste("select 1;")
    with ada.page.expect_request("**/state?after=*"):
        ada.submit()
    ada.see_verdict("Failed")
    expect(ada.tests("pending")).to_have_count(0)


def test_nothing_scrolls_under_a_person_who_reads_elsewhere(cast: Cast) -> None:
    ada = cast("ada", viewport={"width": 390, "height": 800})
    ada.register()
    ada.open_exercise(CUSTOMERS)
    held: list[Route] = []
    ada.page.route("**/events", lambda route: held.append(route))
    ada.paste("select 1;")
    with ada.page.expect_request("**/events"):
        ada.submit()
    expect(ada.result.get_by_role("status").first).to_be_in_viewport()
    ada.page.wait_for_timeout(500)  # until it has scrolled to the result
    ada.page.get_by_role("tab", name="Statement").click()
    expect(ada.page.get_by_role("heading", level=1)).to_be_in_viewport()
    held[0].continue_()
    ada.see_verdict("Failed")
    ada.page.wait_for_timeout(500)
    expect(ada.page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_one_stream_follows_a_submission(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    streams: list[str] = []
    ada.page.on("request", lambda request: _note(request.url, streams))
    ada.solve(CUSTOMERS, "select 1;", "Failed")
    assert len(streams) == 1


def test_nothing_stays_pending_after_a_verdict_that_came_without_results(cast: Cast) -> None:
    ada = cast("ada")
    ada.register()
    ada.open_exercise(CUSTOMERS)
    ada.watch.expect("ERR_FAILED")
    ada.page.route("**/events", lambda route: route.abort())
    verdict = {"verdict": "judge_error", "html": "<p class='verdict-word'>Not graded</p>"}
    event = {"id": "1-0-end", "event": "verdict", "data": verdict}
    said = {"events": [event], "done": True}
    ada.page.route("**/state?after=*", lambda route: route.fulfill(json=said))
    expect(ada.tests("pending").first).to_be_visible()
    ada.paste("select 1;")
    ada.submit()
    ada.see_verdict("Not graded")
    expect(ada.tests("pending")).to_have_count(0)


def _note(url: str, streams: list[str]) -> None:
    if url.endswith("/events"):
        streams.append(url)


def test_what_is_handed_in_while_the_grader_is_away_is_graded_when_it_is_back(
    on: Any, tmp_path: Path
) -> None:
    with web_alone(prepare_site(tmp_path)) as site:
        ada = on(site)("ada")
        ada.register()
        ada.open_exercise(CUSTOMERS)
        ada.paste("select 1;")
        ada.submit()
        expect(ada.result).to_contain_text("The grader is not running right now.")
        expect(ada.result).to_have_attribute("data-grader", "away")
        with worker_alone(site):
            ada.see_verdict("Failed")
        expect(ada.tests("pending")).to_have_count(0)
