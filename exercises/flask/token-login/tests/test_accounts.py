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


def test_a_name_can_be_taken_once(house, client, database):
    """A name that is taken is answered with 409, and its owner's account stays as it was."""
    ada = house.move_in()
    select = "SELECT name, password_hash, role FROM users"
    before = database.execute(select).fetchall()
    database.commit()
    refused(register(client, name=ada.name), 409)
    after = database.execute(select).fetchall()
    assert after == before, "No account may be added or changed when the name is taken."


@pytest.mark.points(2)
def test_names_and_passwords_have_their_lengths(client):
    """A name has 3 to 20 signs, letters from a to z and digits; a password 8 to 128 characters."""
    for name, length in (("ada", 8), (a_name()[:10] + "z9y8x7w6v5", 128)):
        account = read(register(client, name=name, password=a_password(length)), 201)
        assert account["name"] == name, f"{name!r} is a good name."
    for name in ("ab", "abcdefghijklmnopqrst9", "Ada", "a da", "ada\n", "adá", "ada-", "", 123):
        refused(register(client, name=name), 400)
    for password in (a_password(7), a_password(129), "", None, 1234567890, list("12345678")):
        refused(register(client, password=password), 400)
    refused(client.post("/users", json={"name": a_name()}), 400)
    refused(client.post("/users", json={"password": a_password()}), 400)


@pytest.mark.points(2)
def test_a_body_must_be_a_json_object_with_texts(client):
    """A body that is no JSON object, or a log-in without two texts, is answered with 400."""
    for text in ('{"name": "ada",', "name=ada", "", "[]", '"ada"', "null"):
        for url in ("/users", "/tokens"):
            refused(client.post(url, content=text, headers=JSON), 400)
    name, password = a_name(), a_password()
    for value in (None, 42, ["x"], {"x": 1}, True):
        refused(log_in(client, value, password), 400)
        refused(log_in(client, name, value), 400)
    refused(client.post("/tokens", json={"name": name}), 400)
    refused(client.post("/tokens", json={"password": password}), 400)


def test_nobody_becomes_caretaker_by_asking(client, database):
    """A role in the body of POST /users is ignored."""
    name = a_name()
    account = read(register(client, name=name, role="caretaker"), 201)
    assert account == {"name": name, "role": "resident"}, "Everybody begins as a resident."
    kept = database.execute("SELECT name, role FROM users").fetchall()
    assert kept == [(name, "resident")], "The row in `users` must be a resident's."


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
