"""POST /users, and what is kept of an account."""

import string

import pytest
from hashes import is_costly, matches
from house import JSON, House, a_name, a_password, log_in, read, refused, register
from psycopg.sql import SQL, Identifier


@pytest.fixture
def house(client, database):
    return House(client, database)


@pytest.mark.visible
def test_a_new_account_is_answered_with_201(client):
    """POST /users answers 201 with the name and the role, and nothing else."""
    response = client.post("/users", json={"name": "ada", "password": "correct horse 7"})
    assert response.status_code == 201, "POST /users must answer 201 to a good name and password."
    account = {"name": "ada", "role": "resident"}
    assert response.json() == account, "An account shows the name and the role, and nothing else."


def test_a_name_can_be_taken_once(house, client):
    """A name that is taken is answered with 409, and its owner's password stays as it was."""
    ada, other_password = house.move_in(), a_password()
    refused(register(client, name=ada.name, password=other_password), 409)
    read(log_in(client, ada.name, ada.password), 201)
    refused(log_in(client, ada.name, other_password), 401)


def test_a_name_has_3_to_20_signs(client):
    """A name has 3 to 20 signs, letters from a to z and digits."""
    for name in ("ada", a_name()[:10] + "z9y8x7w6v5"):
        account = read(register(client, name=name), 201)
        assert account["name"] == name, f"{name!r} is a good name."
    for name in ("ab", "abcdefghijklmnopqrst9", "Ada", "a da", "ada\n", "adá", "ada-", "", 123):
        refused(register(client, name=name), 400)
    refused(client.post("/users", json={"password": a_password()}), 400)


def test_a_password_has_8_to_128_characters(client):
    """A password has 8 to 128 characters, whichever they are."""
    read(register(client, password=a_password(8)), 201)
    name, longest = a_name(), a_password(128)
    read(register(client, name=name, password=longest), 201)
    read(log_in(client, name, longest), 201)
    for password in (a_password(7), a_password(129), "", None, 1234567890, list("12345678")):
        refused(register(client, password=password), 400)
    refused(client.post("/users", json={"name": a_name()}), 400)


def test_a_body_must_be_a_json_object(client):
    """A body that is not JSON, or no object, is answered with 400."""
    for text in ('{"name": "ada",', "name=ada", "", "[]", '"ada"', "null"):
        for url in ("/users", "/tokens"):
            refused(client.post(url, content=text, headers=JSON), 400)


def test_nobody_becomes_caretaker_by_asking(client):
    """A role in the body of POST /users is ignored."""
    name, password = a_name(), a_password()
    account = read(register(client, name=name, password=password, role="caretaker"), 201)
    assert account == {"name": name, "role": "resident"}, "Everybody begins as a resident."
    headers = {"Authorization": f"Bearer {log_in(client, name, password).json()['token']}"}
    assert read(client.get("/me", headers=headers), 200)["role"] == "resident", "Ignore the role."
    refused(client.get("/users", headers=headers), 403)


@pytest.mark.points(3)
def test_passwords_are_kept_as_costly_hashes(client, database):
    """The database has a costly hash of each password, with a salt of its own."""
    password = a_password()
    names = [read(register(client, password=password), 201)["name"] for _ in range(2)]
    found = database.execute("SELECT name, password_hash, role FROM users").fetchall()
    kept = {name: text for name, text, _ in found}
    assert sorted(kept) == sorted(names), "The table `users` must have a row for each account."
    assert {role for _, _, role in found} == {"resident"}, "Both accounts are residents'."
    for text in kept.values():
        assert is_costly(text), "`password_hash` must be a hash as the statement lists them."
    assert matches(kept[names[0]], password), "`password_hash` must be the hash of the password."
    assert len(set(kept.values())) == 2, "Equal passwords must have different hashes: use a salt."


@pytest.mark.points(2)
def test_the_database_has_no_password_and_no_token(house, database):
    """No password and no token can be read from the database, in whatever table."""
    ada = house.move_in()
    secrets = {"password": ada.password, "token": ada.token}
    tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    dump = ""
    for (table,) in tables.fetchall():
        rows = database.execute(SQL("SELECT t::text FROM {} AS t").format(Identifier(table)))
        dump += "\n".join(text for (text,) in rows.fetchall())
    assert ada.name in dump, "The account must be in the database."
    for what, secret in secrets.items():
        readable = secret in dump or secret.encode().hex() in dump
        assert not readable, f"A {what} can be read from the database as it is."
    assert set(ada.token) <= set(string.printable), "A token goes into a header: keep to ASCII."
