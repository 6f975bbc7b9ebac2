"""The exercise page."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from backyard.db import utcnow
from tests.unit.web.conftest import Site

PAGE = "/exercises/flask/books"
HOSTILE = "</script></textarea><script>alert(1)</script>"


def editor(page: str) -> list[dict[str, str]]:
    """What the page's script gets."""
    found = re.search(r'<script type="application/json" id="workbench-files">(.*?)</script>', page)
    assert found
    files: list[dict[str, str]] = json.loads(found[1])["files"]
    return files


def test_a_learner_finds_statement_and_starter(site: Site) -> None:
    site.exercise()
    page = site.browser("member").get(PAGE).text
    assert "Do <strong>it</strong>." in page
    assert editor(page) == [
        {
            "name": "app.py",
            "text": "# the starter\n",
            "starter": "# the starter\n",
            "submitted": None,
            "draft": None,
        }
    ]
    assert "# the starter\n</textarea>" in page


def test_visible_tests_have_their_source_and_hidden_ones_their_title(site: Site) -> None:
    site.exercise()
    page = site.browser("member").get(PAGE).text
    assert "open" in page
    assert "It lists" in page
    assert "secret" not in page


def test_what_was_handed_in_last_stands_in_the_editor(site: Site) -> None:
    site.exercise()
    now = utcnow()
    for age, text in enumerate(["the last", "an older one"]):
        made = now - timedelta(seconds=age)
        site.submission("member", files={"app.py": text}, created_at=made)
    browser = site.browser("member")
    assert editor(browser.get(PAGE).text)[0]["text"] == "the last"
    assert editor(browser.get(f"{PAGE}?from=starter").text)[0]["text"] == "# the starter\n"


def test_nobody_finds_the_work_of_others(site: Site) -> None:
    site.exercise()
    site.submission("member", files={"app.py": "my own idea"})
    for name in ("stranger", "admin"):
        assert "my own idea" not in site.browser(name).get(PAGE).text


def test_a_file_that_the_exercise_no_longer_has_is_not_shown(site: Site) -> None:
    site.exercise(files=["new.py"], starter={"new.py": "fresh"})
    site.submission("member")
    assert [file["text"] for file in editor(site.browser("member").get(PAGE).text)] == ["fresh"]


def test_work_can_not_break_out_of_the_page(site: Site) -> None:
    site.exercise()
    site.submission("member", files={"app.py": HOSTILE})
    page = site.browser("member").get(PAGE).text
    assert editor(page)[0]["text"] == HOSTILE
    assert "<script>alert" not in page


def test_a_text_that_begins_with_an_empty_line_keeps_it(site: Site) -> None:
    site.exercise()
    site.submission("member", files={"app.py": "\n\nx = 1"})
    assert ">\n\n\nx = 1</textarea>" in site.browser("member").get(PAGE).text


def test_the_result_is_there_when_the_page_is_loaded_again(site: Site) -> None:
    site.exercise()
    browser = site.browser("member")
    assert "Not handed in yet." in browser.get(PAGE).text
    submission = site.submission("member")
    page = browser.get(PAGE).text
    assert f'data-events-url="/submissions/{submission.id}/events"' in page
    assert f'data-state-url="/submissions/{submission.id}/state"' in page
    assert "The grader is not running right now." in page


def test_a_refused_form_shows_the_earlier_result_and_the_new_work(site: Site) -> None:
    site.exercise()
    submission = site.submission("member")
    answer = site.browser("member").post(f"{PAGE}/submissions", **{"text:other.py": "x"})
    assert answer.status_code == 422
    assert f"/submissions/{submission.id}/events" in answer.text


@pytest.mark.parametrize("path", ["/exercises/flask/none", "/exercises/none/books"])
def test_there_is_no_such_exercise(site: Site, path: str) -> None:
    site.exercise()
    assert site.browser("member").get(path).status_code == 404


@pytest.mark.parametrize(
    ("fields", "statuses"),
    [
        ({"broken_reason": "README.md is missing."}, (200, 200)),
        ({"broken_reason": "README.md is missing.", "content_hash": ""}, (404, 200)),
        ({"retired": True}, (404, 404)),
    ],
    ids=["broken", "never published", "retired"],
)
def test_what_learners_may_not_see_is_not_there(
    site: Site, fields: dict[str, Any], statuses: tuple[int, int]
) -> None:
    site.exercise(**fields)
    found = tuple(site.browser(name).get(PAGE).status_code for name in ("member", "instructor"))
    assert found == statuses


def test_an_exercise_that_breaks_goes_on_for_learners_and_teachers_are_told(site: Site) -> None:
    site.exercise(broken_reason="README.md is missing.")
    pages = {name: site.browser(name).get(PAGE).text for name in ("member", "instructor")}
    assert "README.md is missing." in pages["instructor"]
    assert "README.md is missing." not in pages["member"]
    assert not re.search(r'data-action="submit"[^>]* disabled', pages["member"])


def test_what_was_never_published_can_be_looked_at_but_not_handed_in(site: Site) -> None:
    site.exercise(broken_reason="README.md is missing.", content_hash="")
    page = site.browser("instructor").get(PAGE).text
    assert "README.md is missing." in page
    assert re.search(r'data-action="submit"[^>]* disabled', page)
