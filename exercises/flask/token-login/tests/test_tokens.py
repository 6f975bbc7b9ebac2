"""POST /tokens, and what a token is good for."""

import ast

import pytest
from forging import changes, guesses, signs
from house import (
    PROTECTED,
    House,
    a_name,
    a_password,
    bearer,
    log_in,
    read,
    refused,
    register,
    url_of,
    url_of_nothing,
)

KNOWN_KEYS = ("", "secret", "dev", "key", "changeme", "password", "your-256-bit-secret")


@pytest.fixture
def house(client, database):
    return House(client, database)


@pytest.mark.points(2)
@pytest.mark.visible
def test_a_token_tells_who_is_there(client):
    """A log-in is answered with 201 and a token that GET /me knows, also after a second log-in."""
    account = {"name": "ada", "password": "correct horse 7"}
    client.post("/users", json=account)
    tokens = []
    for _ in range(2):
        response = client.post("/tokens", json=account)
        assert response.status_code == 201, "POST /tokens must answer 201 to the right password."
        tokens.append(response.json()["token"])
    for token in tokens:
        me = client.get("/me", headers={"Authorization": f"Bearer {token}"})
        assert me.status_code == 200, "GET /me must answer 200 to a good token."
        assert me.json() == {"name": "ada", "role": "resident"}, "The token is Ada's, a resident."


def test_a_wrong_log_in_does_not_tell_what_is_wrong(house, client):
    """A wrong password and an unknown name get the same answer, 401."""
    ada = house.move_in()
    told = refused(log_in(client, ada.name, a_password()), 401)
    for name in (a_name(), f"{ada.name}' --"):
        same = refused(log_in(client, name, ada.password), 401)
        assert same == told, "Nobody may learn from the answer whether there is such an account."


@pytest.mark.points(2)
def test_a_password_counts_as_it_is(client):
    """Every character of a password counts: spaces at its ends, upper and lower case, the last."""
    name, password = a_name(), f" Ä{a_password(123)}Zz "
    read(register(client, name=name, password=password), 201)
    for other in (password.strip(), password.swapcase(), password[:-2] + "y "):
        refused(log_in(client, name, other), 401)
    read(log_in(client, name, password), 201)


@pytest.mark.points(2)
def test_without_a_good_header_the_answer_is_401(house, client):
    """What needs a log-in is answered with 401 without `Bearer` and a token, before all else."""
    ada = house.move_in()
    notice = ada.post_notice()
    for method, url in PROTECTED:
        refused(client.request(method, url), 401)
    for url in (url_of(notice), url_of_nothing(notice)):
        refused(client.patch(url, json={"text": ""}), 401)
    refused(client.post("/notices", json={"text": ""}), 401)
    others = ("Bearer", "Bearer ", 'Bearer realm="house"', "Basic YTpi")
    for header in (ada.token, f"Basic {ada.token}", f"Token {ada.token}", *others):
        refused(client.get("/me", headers={"Authorization": header}), 401)
    refused(client.get("/me", params={"token": ada.token}), 401)
    assert ada.notices() == {notice["id"]: notice}, "Nothing may change without a token."


@pytest.mark.points(3)
def test_a_token_cannot_be_made_up(house, client, source):
    """Nobody makes a token out of a name or a number, or signs one with a key that is known."""
    ada = house.move_in()
    read(client.get("/me", headers=bearer(ada.token)), 200)
    for guess in guesses(ada.name):
        status = client.get("/me", headers=bearer(guess)).status_code
        assert status == 401, f"Nobody was given the token {guess}, so it must get 401."
    nodes = [node for name in source.names for node in ast.walk(source.tree(name))]
    constants = {node.value for node in nodes if isinstance(node, ast.Constant)}
    texts = {constant for constant in constants if isinstance(constant, str)}
    for key in (*KNOWN_KEYS, *texts):
        assert not signs(key, ada.token), f"The key of the tokens is {key!r}, which all can know."


@pytest.mark.points(2)
def test_a_token_cannot_be_changed(house, client):
    """A token that was changed is no token any more, nor is somebody else's."""
    ada, ben = house.move_in(), house.move_in()
    for changed in set(changes(ada.token, ada.name, ben.name)) - {ada.token}:
        status = client.get("/me", headers=bearer(changed)).status_code
        assert status == 401, f"Nobody was given the token {changed}, so it must get 401."
