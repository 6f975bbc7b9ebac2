"""Residents and the caretaker."""

import pytest
from house import House, read, refused, url_of


@pytest.fixture
def house(client, database):
    return House(client, database)


@pytest.mark.points(3)
def test_what_the_caretaker_may_do(house):
    """The caretaker lists all accounts and takes down any notice, and changes none."""
    ada, ben = house.move_in(), house.move_in("caretaker")
    listed = read(ben.ask("GET", "/users"), 200)
    assert isinstance(listed, list), "GET /users must answer with a JSON array."
    accounts = [{"name": ada.name, "role": "resident"}, {"name": ben.name, "role": "caretaker"}]
    by_name = sorted(listed, key=lambda account: account["name"])
    wanted = sorted(accounts, key=lambda account: account["name"])
    assert by_name == wanted, "An account shows the name and the role, and nothing else."
    notice = ada.post_notice()
    refused(ben.ask("PATCH", url_of(notice), json={"text": "SOLD"}), 403)
    assert ada.notices() == {notice["id"]: notice}, "Nobody but the author may change a notice."
    status = ben.ask("DELETE", url_of(notice)).status_code
    assert status == 204, "The caretaker may take down any notice."
    assert ada.notices() == {}, "The notice must be gone."


@pytest.mark.points(2)
def test_a_role_counts_at_once(house):
    """A role that is given or taken away counts at once, for tokens of before, too."""
    ada, ben = house.move_in(), house.move_in()
    notice = ada.post_notice()
    refused(ben.ask("GET", "/users"), 403)
    house.give_role(ben, "caretaker")
    assert read(ben.ask("GET", "/me"), 200)["role"] == "caretaker", "Ben is the caretaker now."
    read(ben.ask("GET", "/users"), 200)
    house.give_role(ben, "resident")
    assert read(ben.ask("GET", "/me"), 200)["role"] == "resident", "Ben is a resident again."
    refused(ben.ask("GET", "/users"), 403)
    refused(ben.ask("DELETE", url_of(notice)), 403)
