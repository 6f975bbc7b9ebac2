"""Hints are opened one after the other; what is not open is not on the page."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backyard.db import db
from backyard.hints.models import HintOpening
from tests.unit.web.conftest import Site

PAGE = "/exercises/flask/books"
HINTS = f"{PAGE}/hints"
TEXTS = ["First *look*.", "Second <b>look</b>.", "Third look."]


@pytest.fixture
def furnished(site: Site) -> Site:
    """A site with an exercise that has three hints."""
    site.exercise(hints=TEXTS)
    return site


def seen(site: Site, who: str = "member") -> list[bool]:
    """Which hints' texts are on somebody's page."""
    html = site.browser(who).get(PAGE).text
    return [text in html for text in ("First <em>look</em>", "Second", "Third look.")]


def noted(site: Site) -> list[tuple[str, int]]:
    with site.app.app_context():
        rows = db.session.scalars(select(HintOpening).order_by(HintOpening.number)).all()
        return [(row.exercise_id, row.number) for row in rows]


def test_none_is_open_at_first(furnished: Site) -> None:
    assert seen(furnished) == [False, False, False]
    assert "Open hint 1 of 3" in furnished.browser("member").get(PAGE).text


def test_they_open_one_by_one_and_that_is_noted(furnished: Site) -> None:
    member = furnished.browser("member")
    for number in (1, 2, 3):
        answer = member.post(HINTS, number=str(number))
        assert answer.status_code == 303
        assert answer.location.endswith(f"{PAGE}#hints")
        assert seen(furnished) == [place < number for place in range(3)]
    assert noted(furnished) == [("flask/books", 1), ("flask/books", 2), ("flask/books", 3)]
    assert "These are all hints." in member.get(PAGE).text


def test_a_hint_is_markdown_and_no_markup(furnished: Site) -> None:
    member = furnished.browser("member")
    for number in ("1", "2"):
        member.post(HINTS, number=number)
    assert "Second &lt;b&gt;look&lt;/b&gt;." in member.get(PAGE).text


@pytest.mark.parametrize("number", ["0", "-1", "2", "3", "4", "x", "", "9" * 30])
def test_none_is_skipped(furnished: Site, number: str) -> None:
    furnished.browser("member").post(HINTS, number=number)
    assert noted(furnished) == []
    assert "Hints are opened one after the other" in furnished.browser("member").get(PAGE).text


def test_opening_one_again_changes_nothing(furnished: Site) -> None:
    for _ in range(2):
        furnished.browser("member").post(HINTS, number="1")
    assert len(noted(furnished)) == 1
    assert seen(furnished) == [True, False, False]


def test_everybody_opens_their_own(furnished: Site) -> None:
    furnished.browser("member").post(HINTS, number="1")
    assert seen(furnished, "stranger") == [False, False, False]


def test_a_script_gets_the_list_alone(furnished: Site) -> None:
    member = furnished.browser("member")
    headers = {"Accept": "application/json", "X-CSRFToken": member.token()}
    answer = member.client.post(HINTS, data={"number": "1"}, headers=headers)
    assert answer.json
    assert "First <em>look</em>" in answer.json["html"]
    assert "Second" not in answer.json["html"]
    assert "<html" not in answer.json["html"]
    refused = member.client.post(HINTS, data={"number": "3"}, headers=headers)
    assert refused.status_code == 422
    assert refused.json
    assert "one after the other" in refused.json["error"]


def test_an_exercise_that_nobody_sees_has_none(furnished: Site) -> None:
    assert furnished.browser("member").post("/exercises/no/such/hints").status_code == 404


def test_when_hints_are_taken_away_the_page_goes_on(furnished: Site) -> None:
    for number in ("1", "2", "3"):
        furnished.browser("member").post(HINTS, number=number)
    with furnished.app.app_context():
        row = db.session.get_one(type(furnished.exercise("flask/other")), "flask/books")
        row.hints = TEXTS[:1]
        db.session.commit()
    assert seen(furnished) == [True, False, False]


def opening(site: Site, **fields: Any) -> HintOpening:
    good: dict[str, Any] = {
        "user_id": site.user("member").id,
        "exercise_id": "flask/books",
        "number": 1,
    }
    return HintOpening(**good | fields)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"number": 0}, "number_from_one"),
        ({"user_id": 999}, "FOREIGN KEY"),
        ({"exercise_id": "no/such"}, "FOREIGN KEY"),
        ({"user_id": None}, "NOT NULL"),
        ({"exercise_id": None}, "NOT NULL"),
        ({"number": None}, "NOT NULL"),
    ],
)
@pytest.mark.filterwarnings("ignore:Column .* is marked as a member of the primary key")
def test_the_table_refuses(furnished: Site, fields: dict[str, Any], refusal: str) -> None:
    with pytest.raises(IntegrityError, match=refusal):
        furnished.add(opening(furnished, **fields))


def test_an_opening_is_noted_once(furnished: Site) -> None:
    furnished.add(opening(furnished))
    with pytest.raises(IntegrityError, match="UNIQUE"):
        furnished.add(opening(furnished))


def test_a_user_takes_their_openings_with_them(furnished: Site) -> None:
    furnished.add(opening(furnished))
    with furnished.app.app_context():
        db.session.delete(furnished.user("member"))
        db.session.commit()
    assert noted(furnished) == []
