"""Every time that people read is written in one place, so that the page can show it as local."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import backyard
from backyard.db import utcnow
from backyard.submissions.lifecycle import SubmissionState
from grader.verdict import Verdict
from tests.unit.web.conftest import Site

TEMPLATES = Path(backyard.__file__).parent
ELSEWHERE = {
    "_times.html",  # the place
    "home.html",  # names of weekdays, of days in UTC as the page says
}


def test_no_template_writes_a_time_by_itself() -> None:
    paths = [path for path in TEMPLATES.rglob("*.html") if "node_modules" not in path.parts]
    found = {path.name for path in paths if "strftime" in path.read_text()}
    assert found == ELSEWHERE


@pytest.mark.parametrize(
    "path", ["/submissions?exercise=flask/books", "/portfolio", "/exercises/flask/books/solutions"]
)
def test_no_time_stands_on_a_page_as_mere_text(site: Site, path: str) -> None:
    site.exercise()
    site.version()
    done: dict[str, Any] = {"verdict": Verdict.PASSED, "points": 3, "max_points": 3, "score": 100}
    for _ in range(2):
        site.submission("member", state=SubmissionState.DONE, finished_at=utcnow(), **done)
    site.progress("member", "flask/books", 3)
    page = site.browser("member").get(path)
    assert page.status_code == 200
    told = r"<(?:time|option)[^>]* (?:data-)?datetime=[^>]*>[^<]*UTC</(?:time|option)>"
    text, count = re.subn(told, "", page.text)
    assert count >= 2
    assert not re.search(r"\d\d:\d\d", text)
