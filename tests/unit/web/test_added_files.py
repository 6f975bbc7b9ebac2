"""Files that learners add: what the exercise page has of them, and its form without scripts."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from markupsafe import escape
from sqlalchemy import select
from werkzeug.test import TestResponse

from backyard.db import db
from backyard.submissions.lifecycle import Kind
from backyard.submissions.models import Submission
from backyard.workbench.models import Draft
from grader.names import FILE_NAME
from tests.unit.web.conftest import Site
from tests.unit.web.test_workbench import HOSTILE, PAGE, editor

BOTH = {"app.py": "import more\n", "more.py": "x = 1\n"}


@pytest.fixture
def open_site(site: Site) -> Site:
    """A site with an exercise that takes modules of one's own."""
    site.exercise(may_add=["*.py", "t/*.html"])
    return site


def page(site: Site, query: str = "") -> str:
    return site.browser("member").get(f"{PAGE}{query}").text


def texts(site: Site, query: str = "") -> dict[str, str | None]:
    """What stands in the editor, by name; None for a file that is not there now."""
    return {file["name"]: file["text"] for file in editor(page(site, query))}


def send(site: Site, path: str = "submissions", **fields: str) -> TestResponse:
    """Send the form without scripts."""
    return site.browser("member").post(f"{PAGE}/{path}", **fields)


def handed_in(site: Site) -> dict[str, str]:
    with site.app.app_context():
        newest = select(Submission).order_by(Submission.created_at.desc())
        return db.session.scalars(newest).first().files  # type: ignore[union-attr]  # there is one


def label(text: str, name: str) -> bool:
    """Whether the page has a text area that is labelled with a file's name."""
    return re.search(rf"<label[^>]*>{re.escape(name)}</label>", text) is not None


def test_the_page_tells_its_script_the_rule_and_the_languages(open_site: Site) -> None:
    found = re.search(r'id="workbench-files">(.*?)</script>', page(open_site))
    assert found
    data: dict[str, Any] = json.loads(found[1])
    assert data["rule"] == {
        "own": ["app.py"],
        "mayAdd": ["*.py", "t/*.html"],
        "letters": FILE_NAME,
        "longest": 120,
        "most": 20,
    }
    assert data["languages"][".py"] == "python"


def test_what_was_added_stands_after_the_exercises_files(open_site: Site) -> None:
    open_site.submission("member", files={"app.py": "a", "z.py": "z", "b.py": ""})
    assert list(texts(open_site).items()) == [("app.py", "a"), ("z.py", "z"), ("b.py", "")]


def test_a_file_that_is_in_an_older_version_alone_can_be_brought_back(open_site: Site) -> None:
    open_site.submission("member", files=BOTH)
    member = open_site.user("member").id
    open_site.add(Draft(user_id=member, exercise_id="flask/books", files={"app.py": "only"}))
    text = page(open_site)
    assert {file["name"]: file for file in editor(text)}["more.py"] == {
        "name": "more.py",
        "text": None,
        "starter": None,
        "submitted": "x = 1\n",
        "draft": None,
    }
    assert not label(text, "more.py")


def test_back_to_the_starter_has_the_exercises_own_files_alone(open_site: Site) -> None:
    open_site.submission("member", files=BOTH)
    assert texts(open_site, "?from=submission") == BOTH
    assert texts(open_site, "?from=starter") == {"app.py": "# the starter\n", "more.py": None}


def test_an_earlier_submission_is_opened_with_the_files_that_it_had(open_site: Site) -> None:
    first = open_site.submission("member", files=BOTH)
    open_site.submission("member", files={"app.py": "later", "other.py": "y"})
    assert texts(open_site, f"?from={first.id}") == {**BOTH, "other.py": None}


def test_what_an_exercise_no_longer_allows_is_not_in_the_editor_but_can_be_copied(
    site: Site,
) -> None:
    site.exercise()
    site.submission("member", files=BOTH)
    assert texts(site) == {"app.py": "import more\n"}
    assert "A new file" not in page(site)
    assert "no longer takes more.py" in page(site)
    shown = re.search(r'<pre [^>]*aria-label="more.py">([^<]*)</pre>', page(site))
    assert shown
    assert shown[1] == BOTH["more.py"]


def test_what_an_exercise_takes_is_not_offered_to_be_copied(open_site: Site) -> None:
    open_site.submission("member", files=BOTH)
    assert "no longer takes" not in page(open_site)


def test_a_file_is_added_without_scripts(open_site: Site) -> None:
    fields = {"text:app.py": BOTH["app.py"], "new-name": " more.py ", "new-text": BOTH["more.py"]}
    assert send(open_site, **fields).status_code == 303
    assert handed_in(open_site) == BOTH
    assert label(page(open_site), "more.py")


def test_an_added_file_is_left_out_without_scripts(open_site: Site) -> None:
    fields = {f"text:{name}": text for name, text in BOTH.items()} | {"left-out": "more.py"}
    assert send(open_site, "runs", **fields).status_code == 303
    assert handed_in(open_site) == {"app.py": BOTH["app.py"]}
    with open_site.app.app_context():
        assert db.session.scalars(select(Submission)).one().kind is Kind.RUN


def test_an_own_file_can_not_be_left_out(open_site: Site) -> None:
    answer = send(open_site, **{"text:app.py": "x", "left-out": "app.py"})
    assert answer.status_code == 422
    assert "Missing: app.py." in answer.text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("more.sql", "is not a file of this exercise"),
        ("../more.py", "is not a file of this exercise"),
        ("App.py", "differ in upper and lower case only"),
        ("app.py", "app.py was sent twice"),
        ("", "Give the new file a name, or empty its text."),
        (HOSTILE, "is not a file of this exercise"),
    ],
)
def test_a_refused_form_has_all_that_was_typed_still_in_its_place(
    open_site: Site, name: str, words: str
) -> None:
    fields = {"text:app.py": "typed", "text:more.py": "kept", "left-out": "more.py"}
    answer = send(open_site, **fields, **{"new-name": name, "new-text": "new " + HOSTILE})
    assert answer.status_code == 422
    assert words in answer.text
    assert re.search(r'name="left-out" value="more.py" checked', answer.text)
    assert "kept</textarea>" in answer.text
    assert "new &lt;/script&gt;" in answer.text
    assert "<script>alert" not in answer.text
    assert f'name="new-name" value="{escape(name)}"' in answer.text


def test_files_that_were_added_are_part_of_ones_data(open_site: Site) -> None:
    open_site.submission("member", files={"app.py": "a", "t/x.html": "<p>"})
    with open_site.browser("member").get("/account/data") as answer:
        names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert [name for name in names if name.endswith("t/x.html")]
