"""POST /tokens, and what a token is good for."""

import ast

import pytest
from forging import changes, guesses, signs
from house import PROTECTED, House, a_name, a_password, bearer, log_in, read, refused, register

KNOWN_KEYS = ("", "secret", "dev", "key", "changeme", "password", "your-256-bit-secret")


@pytest.fixture
def house(client, database):
    return House(client, database)


@pytest.mark.visible
def test_a_token_tells_who_is_there(client):
    """A log-in is answered with 201 and a token, and GET /me tells whose it is."""
    account = {"name": "ada", "password": "correct horse 7"}
    client.post("/users", json=account)
    response = client.post("/tokens", json=account)
    assert response.status_code == 201, "POST /tokens must answer 201 to the right password."
    headers = {"Authorization": f"Bearer {response.json()['token']}"}
    me = client.get("/me", headers=headers)
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
    name, password = a_name(), f" Ä{a_password(97)}Zz "
    read(register(client, name=name, password=password), 201)
    for other in (password.strip(), password.swapcase(), password[:-2] + "y "):
        refused(log_in(client, name, other), 401)
    read(log_in(client, name, password), 201)


def test_a_log_in_needs_a_name_and_a_password(client):
    """A log-in without a name or a password that is a text is answered with 400."""
    name, password = a_name(), a_password()
    for value in (None, 42, ["x"], {"x": 1}, True):
        refused(log_in(client, value, password), 400)
        refused(log_in(client, name, value), 400)
    refused(client.post("/tokens", json={"name": name}), 400)
    refused(client.post("/tokens", json={"password": password}), 400)


def test_every_token_goes_on_working(house, client):
    """A second log-in does not end the first, and each token is its owner's."""
    ada, ben = house.move_in(), house.move_in()
    for token, name in ((ada.token, ada.name), (ben.token, ben.name), (ada.log_in(), ada.name)):
        me = read(client.get("/me", headers=bearer(token)), 200)
        assert me["name"] == name, "Each token tells who has logged in with it."
    read(client.get("/me", headers=bearer(ada.token)), 200)


def test_without_a_token_the_answer_is_401(house, client):
    """All requests but POST /users and POST /tokens are answered with 401 without a token."""
    ada = house.move_in()
    ada.post_notice()
    for method, url in PROTECTED:
        refused(client.request(method, url), 401)
    assert len(ada.notices()) == 1, "Nothing may change without a token."


def test_a_header_of_another_form_is_answered_with_401(house, client):
    """An Authorization header that is not `Bearer` and a token is answered with 401."""
    token = house.move_in().token
    others = ("Bearer", "Bearer ", 'Bearer realm="house"', "Basic YTpi")
    for header in (token, f"Basic {token}", f"Token {token}", *others):
        refused(client.get("/me", headers={"Authorization": header}), 401)
    refused(client.get("/me", params={"token": token}), 401)
    read(client.get("/me", headers=bearer(token)), 200)


@pytest.mark.points(2)
def test_a_token_cannot_be_guessed(house, client):
    """Nobody makes a token out of a name or a number."""
    ada = house.move_in()
    read(client.get("/me", headers=bearer(ada.token)), 200)
    for guess in guesses(ada.name):
        status = client.get("/me", headers=bearer(guess)).status_code
        assert status == 401, f"Nobody was given the token {guess}, so it must get 401."


@pytest.mark.points(2)
def test_a_token_cannot_be_changed(house, client):
    """A token that was changed is no token any more, nor is somebody else's."""
    ada, ben = house.move_in(), house.move_in()
    for changed in set(changes(ada.token, ada.name, ben.name)) - {ada.token}:
        status = client.get("/me", headers=bearer(changed)).status_code
        assert status == 401, f"Nobody was given the token {changed}, so it must get 401."


def test_the_key_of_signed_tokens_is_secret(house, source):
    """If tokens are signed, the key stands nowhere in the program, and can't be guessed."""
    token = house.move_in().token
    nodes = ast.walk(source.tree("app.py"))
    constants = {node.value for node in nodes if isinstance(node, ast.Constant)}
    texts = {constant for constant in constants if isinstance(constant, str)}
    for key in (*KNOWN_KEYS, *texts):
        assert not signs(key, token), f"The tokens are signed with {key!r}, which anybody can know."
