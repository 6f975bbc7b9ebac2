"""Work that was not handed in is kept on the server, and no tab writes over another's."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from backyard.catalog.models import ExerciseRow
from backyard.db import db, utcnow
from backyard.workbench import drafts
from backyard.workbench.drafts import Overtaken, Sent
from backyard.workbench.models import Draft
from grader.submission import FILE_LIMIT, TOTAL_LIMIT
from tests.unit.web.conftest import Build, Site
from tests.unit.web.test_workbench import PAGE, editor

JSON = {"Accept": "application/json"}


def put(site: Site, body: Any, name: str = "member", page: str = PAGE) -> TestResponse:
    """Send a draft as the editor does."""
    browser = site.browser(name)
    headers = {**JSON, "X-CSRFToken": browser.token()}
    return browser.client.put(f"{page}/draft", json=body, headers=headers)


def save(site: Site, base: int, text: str, name: str = "member") -> TestResponse:
    """Save one text as app.py."""
    return put(site, {"base": base, "files": {"app.py": text}}, name)


def shown(site: Site, query: str = "", name: str = "member") -> str:
    """The text that stands in the editor when the page is opened."""
    return editor(site.browser(name).get(f"{PAGE}{query}").text)[0]["text"]


def sentence(answer: TestResponse) -> str:
    assert answer.json
    return str(answer.json["error"])


def test_a_draft_is_there_on_another_machine(site: Site) -> None:
    site.exercise()
    answer = save(site, 0, "half a thought")
    assert (answer.status_code, answer.json) == (200, {"revision": 1})
    assert shown(site) == "half a thought"
    page = site.browser("member").get(PAGE).text
    assert "half a thought</textarea>" in page
    assert 'data-revision="1"' in page


def test_each_save_comes_after_the_one_before(site: Site) -> None:
    site.exercise()
    found = [save(site, base, f"thought {base}").json for base in range(3)]
    assert found == [{"revision": 1}, {"revision": 2}, {"revision": 3}]
    assert shown(site) == "thought 2"


@pytest.mark.parametrize("base", [0, 1, 3])
def test_a_save_on_another_base_changes_nothing_and_brings_what_is_kept(
    site: Site, base: int
) -> None:
    site.exercise()
    for before in range(2):
        save(site, before, f"thought {before}")
    answer = save(site, base, "from a tab of yesterday")
    assert answer.status_code == 409
    assert "in another tab or on another machine" in sentence(answer)
    assert answer.json
    assert (answer.json["revision"], answer.json["files"]) == (2, {"app.py": "thought 1"})
    assert shown(site) == "thought 1"


def test_a_base_of_which_nothing_is_kept_is_told_as_none(site: Site) -> None:
    site.exercise()
    answer = save(site, 7, "after a backup was restored")
    assert answer.status_code == 409
    assert answer.json
    assert (answer.json["revision"], answer.json["files"]) == (0, {})


def test_of_saves_at_the_same_time_one_is_kept(site: Site) -> None:
    row = site.exercise()
    with site.app.app_context():
        drafts.save(site.user("member"), row, Sent(base=0, files={"app.py": "first"}))
    for base in range(1, 6):
        assert sorted(at_once(site, row, base)) == [False] * 3 + [True]


def at_once(site: Site, row: ExerciseRow, base: int) -> list[bool]:
    """Whether each of four tabs, all on the same base, could save."""
    kept: list[bool] = []
    user, together = site.user("member"), threading.Barrier(4)

    def tab(text: str) -> None:
        with site.app.app_context():
            together.wait()
            try:
                drafts.save(user, row, Sent(base=base, files={"app.py": text}))
                kept.append(True)
            except Overtaken:
                kept.append(False)

    tabs = [threading.Thread(target=tab, args=[str(number)]) for number in range(4)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    return kept


def test_drafts_are_everybodys_own(site: Site) -> None:
    site.exercise()
    save(site, 0, "my own idea")
    assert save(site, 0, "another's", name="stranger").json == {"revision": 1}
    assert (shown(site), shown(site, name="stranger")) == ("my own idea", "another's")


@pytest.mark.parametrize(("age", "text"), [(60, "the draft"), (-60, "handed in")])
def test_what_is_newer_stands_in_the_editor(site: Site, age: int, text: str) -> None:
    site.exercise()
    save(site, 0, "the draft")
    made = utcnow() - timedelta(seconds=age)
    site.submission("member", files={"app.py": "handed in"}, created_at=made)
    assert shown(site) == text
    [file] = editor(site.browser("member").get(PAGE).text)
    assert (file["draft"], file["submitted"]) == ("the draft", "handed in")


def test_both_resets_go_without_scripts(site: Site) -> None:
    site.exercise()
    site.submission("member", files={"app.py": "handed in"})
    save(site, 0, "the draft")
    assert shown(site, "?from=starter") == "# the starter\n"
    assert shown(site, "?from=submission") == "handed in"


def test_a_page_that_was_asked_for_something_says_so(site: Site) -> None:
    site.exercise()
    browser = site.browser("member")
    assert "data-asked" not in browser.get(PAGE).text
    assert "data-asked" in browser.get(f"{PAGE}?from=starter").text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (None, "This is no draft"),
        ([], "This is no draft"),
        ({"files": {"app.py": ""}}, "This is no draft"),
        ({"base": -1, "files": {"app.py": ""}}, "This is no draft"),
        ({"base": 2**31, "files": {"app.py": ""}}, "This is no draft"),
        ({"base": "0", "files": {"app.py": ""}}, "This is no draft"),
        ({"base": 0, "files": {"app.py": 1}}, "This is no draft"),
        ({"base": 0, "files": {"app.py": "", "more.py": ""}}, "'more.py' is not a file of this"),
        ({"base": 0, "files": {}}, "Missing: app.py."),
        ({"base": 0, "files": {"app.py": "x" * (FILE_LIMIT + 1)}}, "at most 262,144 are allowed"),
        ({"base": 0, "files": {"app.py": "a\x00b"}}, "holds a NUL character"),
        ({"base": 0, "files": {"app.py": "\ud800"}}, "is not UTF-8 text"),
    ],
)
def test_what_could_not_be_handed_in_is_refused_with_a_sentence(
    site: Site, body: Any, words: str
) -> None:
    site.exercise()
    answer = put(site, body)
    assert answer.status_code == 422
    assert words in sentence(answer)
    assert shown(site) == "# the starter\n"


def test_files_that_are_too_large_together_are_refused(site: Site) -> None:
    names = [f"{number}.py" for number in range(TOTAL_LIMIT // FILE_LIMIT + 1)]
    site.exercise(files=names)
    answer = put(site, {"base": 0, "files": dict.fromkeys(names, "x" * FILE_LIMIT)})
    assert answer.status_code == 422
    assert "bytes together" in sentence(answer)


def test_what_is_too_large_to_be_read_is_refused_too(site: Site) -> None:
    site.exercise()
    answer = save(site, 0, "x" * (2 * 1024 * 1024))
    assert answer.status_code == 422
    assert "too large" in sentence(answer)


def test_an_exercise_that_is_not_there_has_no_draft(site: Site) -> None:
    site.exercise(retired=True)
    assert save(site, 0, "x").status_code == 404


def test_saving_has_a_rate_of_its_own_for_each_user(build: Build) -> None:
    site = build(draft_rate="2 per minute", submit_rate="1 per minute")
    site.exercise()
    assert [save(site, base, "x").status_code for base in range(3)] == [200, 200, 429]
    assert save(site, 0, "x", name="stranger").status_code == 200
    sent = site.browser("member").post(f"{PAGE}/submissions", **{"text:app.py": "x"})
    assert sent.status_code == 303


def test_a_draft_goes_with_its_user(site: Site) -> None:
    site.exercise()
    save(site, 0, "x")
    with site.app.app_context():
        db.session.delete(site.user("member"))
        db.session.commit()
        assert db.session.query(Draft).count() == 0


def test_a_file_that_may_be_added_is_kept_and_one_that_may_not_is_refused(site: Site) -> None:
    site.exercise(may_add=["*.py"])
    files = {"app.py": "a", "more.py": "", "again.py": "c"}
    assert put(site, {"base": 0, "files": files}).json == {"revision": 1}
    page = site.browser("member").get(PAGE).text
    assert {file["name"]: file["text"] for file in editor(page)} == files
    answer = put(site, {"base": 1, "files": {"app.py": "a", "App.py": ""}})
    assert answer.status_code == 422
    assert "upper and lower case" in sentence(answer)
