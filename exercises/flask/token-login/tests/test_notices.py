"""The notices: who may put up, change and take down what."""

import pytest
from house import House, a_text, read, refused


@pytest.fixture
def house(client, database):
    return House(client, database)


def url_of(notice):
    return f"/notices/{notice['id']}"


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
    assert ada.notices() == both, "GET /notices must list both notices."
    assert ben.notices() == both, "GET /notices must list both notices to Ben, too."


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


def test_nobody_writes_under_another_name(house):
    """The author is who is logged in, whatever the body says."""
    ada, ben = house.move_in(), house.move_in()
    notice = ada.post_notice(author=ben.name, id=4711)
    assert notice["author"] == ada.name, "An `author` in the body must be ignored."
    change = {"text": a_text(), "author": ben.name, "id": notice["id"] + 1}
    changed = read(ada.ask("PATCH", url_of(notice), json=change), 200)
    assert changed == notice | {"text": change["text"]}, "PATCH changes the text, and nothing else."


def test_authors_change_their_notices(house):
    """PATCH by the author answers 200 and the notice, and changes that one alone."""
    ada = house.move_in()
    before, notice, after = (ada.post_notice() for _ in range(3))
    changed = notice | {"text": a_text() + "!"}
    answer = read(ada.ask("PATCH", url_of(notice), json={"text": changed["text"]}), 200)
    assert answer == changed, "PATCH must answer with the notice as it is now."
    wanted = {one["id"]: one for one in (before, changed, after)}
    assert ada.notices() == wanted, "Only this notice may change, and for everybody."


@pytest.mark.points(2)
def test_nobody_touches_what_others_wrote(house):
    """PATCH and DELETE of somebody else's notice are answered with 403."""
    ada, ben = house.move_in(), house.move_in()
    notice = ada.post_notice()
    refused(ben.ask("PATCH", url_of(notice), json={"text": "SOLD"}), 403)
    refused(ben.ask("DELETE", url_of(notice)), 403)
    assert ada.notices() == {notice["id"]: notice}, "The notice must stay as it was."


def test_authors_take_their_notices_down(house):
    """DELETE by the author answers 204, and the notice alone is gone."""
    ada = house.move_in()
    kept, notice = ada.post_notice(), ada.post_notice()
    response = ada.ask("DELETE", url_of(notice))
    assert response.status_code == 204, "DELETE by the author must answer 204."
    assert response.text == "", "An answer of 204 has no body."
    assert ada.notices() == {kept["id"]: kept}, "Only this notice may be gone."
    refused(ada.ask("DELETE", url_of(notice)), 404)


@pytest.mark.points(2)
def test_the_caretaker_takes_anything_down_and_changes_nothing(house):
    """To the caretaker, PATCH of any notice is answered with 403, and DELETE with 204."""
    ada, ben = house.move_in(), house.move_in("caretaker")
    notice = ada.post_notice()
    refused(ben.ask("PATCH", url_of(notice), json={"text": "SOLD"}), 403)
    assert ada.notices() == {notice["id"]: notice}, "Nobody but the author may change a notice."
    status = ben.ask("DELETE", url_of(notice)).status_code
    assert status == 204, "The caretaker may take down any notice."
    assert ada.notices() == {}, "The notice must be gone."


def test_a_notice_that_is_not_there_is_answered_with_404(house):
    """PATCH and DELETE answer 404 when no notice has the id."""
    ada = house.move_in()
    notice = ada.post_notice()
    for method in ("PATCH", "DELETE"):
        refused(ada.ask(method, f"/notices/{notice['id'] + 1_000}", json={"text": "!"}), 404)
    assert ada.notices() == {notice["id"]: notice}, "The other notice must stay as it was."


def test_the_checks_come_in_order(house, client):
    """401 goes before 404, 404 and 403 go before 400."""
    ada, ben = house.move_in(), house.move_in()
    notice = ada.post_notice()
    there, nowhere, bad = url_of(notice), f"/notices/{notice['id'] + 1_000}", {"text": ""}
    for url in (there, nowhere):
        refused(client.patch(url, json=bad), 401)
    refused(client.post("/notices", json=bad), 401)
    refused(ben.ask("PATCH", nowhere, json=bad), 404)
    refused(ben.ask("PATCH", there, json=bad), 403)
    refused(ada.ask("PATCH", there, json=bad), 400)
