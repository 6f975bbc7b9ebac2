"""The notices: who may put up, change and take down what."""

import pytest
from house import House, a_text, read, refused, url_of, url_of_nothing


@pytest.fixture
def house(client, database):
    return House(client, database)


def test_everybody_reads_every_notice(house):
    """POST /notices answers 201 and the notice, and everybody who is logged in can read it."""
    ada, ben = house.move_in(), house.move_in()
    response = ada.ask("POST", "/notices", json={"text": "Who has a ladder?"})
    assert response.status_code == 201, "POST /notices must answer 201 to a good text."
    notice, other = response.json(), ben.post_notice()
    wanted = {"id": notice["id"], "author": ada.name, "text": "Who has a ladder?"}
    assert notice == wanted, "The answer must be the notice, with its author."
    assert type(notice["id"]) is int, "`id` must be a whole number."
    both = {notice["id"]: notice, other["id"]: other}
    for resident in (ada, ben):
        me = read(resident.ask("GET", "/me"), 200)
        assert me["name"] == resident.name, "Each token tells who has logged in with it."
        assert resident.notices() == both, "GET /notices must list both notices to both."


def test_a_text_has_1_to_500_characters(house):
    """A text of 1 to 500 characters is taken, in POST and in PATCH, and nothing else."""
    ada = house.move_in()
    for text in ("!", "ä" * 500):
        notice = ada.post_notice(text=text)
        assert notice["text"] == text, "The text must come back as it was sent."
    for text in ("", "x" * 501, None, 42, ["x"]):
        refused(ada.ask("POST", "/notices", json={"text": text}), 400)
        refused(ada.ask("PATCH", url_of(notice), json={"text": text}), 400)
    for body in ({}, ["text"], "text", None):
        refused(ada.ask("POST", "/notices", json=body), 400)
        refused(ada.ask("PATCH", url_of(notice), json=body), 400)
    assert len(ada.notices()) == 2, "A notice that is refused must not be kept."
    assert ada.notices()[notice["id"]] == notice, "A change that is refused must change nothing."


@pytest.mark.points(2)
def test_authors_change_their_notices(house):
    """The author is who is logged in, and PATCH changes the text alone, whatever the body says."""
    ada, ben = house.move_in(), house.move_in()
    before, after = ada.post_notice(), ada.post_notice()
    notice = ada.post_notice(author=ben.name, id=4711)
    assert notice["author"] == ada.name, "An `author` in the body must be ignored."
    changed = notice | {"text": a_text() + "!"}
    body = {"text": changed["text"], "author": ben.name, "id": notice["id"] + 1}
    answer = read(ada.ask("PATCH", url_of(notice), json=body), 200)
    assert answer == changed, "PATCH must answer with the notice as it is now, and a new text."
    wanted = {one["id"]: one for one in (before, changed, after)}
    assert ada.notices() == wanted, "Only the text of this notice may change, and for everybody."


@pytest.mark.points(3)
def test_nobody_touches_what_others_wrote(house):
    """PATCH and DELETE of somebody else's notice get 403, however bad the body is."""
    ada, ben = house.move_in(), house.move_in()
    notice = ada.post_notice()
    for text in ("SOLD", ""):
        refused(ben.ask("PATCH", url_of(notice), json={"text": text}), 403)
    refused(ben.ask("DELETE", url_of(notice)), 403)
    assert ada.notices() == {notice["id"]: notice}, "The notice must stay as it was."


@pytest.mark.points(2)
def test_authors_take_their_notices_down(house):
    """DELETE by the author answers 204; PATCH and DELETE answer 404 when no notice has the id."""
    ada = house.move_in()
    kept, notice = ada.post_notice(), ada.post_notice()
    response = ada.ask("DELETE", url_of(notice))
    assert response.status_code == 204, "DELETE by the author must answer 204."
    assert response.text == "", "An answer of 204 has no body."
    for url in (url_of(notice), url_of_nothing(notice)):
        refused(ada.ask("DELETE", url), 404)
        for text in ("!", ""):
            refused(ada.ask("PATCH", url, json={"text": text}), 404)
    assert ada.notices() == {kept["id"]: kept}, "Only this notice may be gone."
