"""Wrong: tells whether there is an account of this name."""

import hashlib
import os
import re
import secrets

import psycopg
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import Blueprint, Flask, abort, current_app, request
from psycopg.rows import dict_row
from werkzeug.exceptions import HTTPException

TABLES = """
CREATE TABLE IF NOT EXISTS users (
    name          text PRIMARY KEY,
    password_hash text NOT NULL,
    role          text NOT NULL DEFAULT 'resident'
);
CREATE TABLE IF NOT EXISTS tokens (
    hash text PRIMARY KEY,
    name text NOT NULL REFERENCES users
);
CREATE TABLE IF NOT EXISTS notices (
    id     integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    author text NOT NULL REFERENCES users,
    text   text NOT NULL
);
"""
HASHER = PasswordHasher(memory_cost=7_168, time_cost=5, parallelism=1)

board = Blueprint("board", __name__)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(board)
    app.register_error_handler(HTTPException, refuse)
    address = os.environ["DATABASE_URL"]
    app.extensions["database"] = psycopg.connect(address, autocommit=True, row_factory=dict_row)
    with app.app_context():
        run(TABLES)
    return app


@board.post("/users")
def register():
    body = read_body()
    name, password = read_text(body, "name"), read_text(body, "password")
    if not re.fullmatch("[a-z0-9]{3,20}", name):
        abort(400, "A name has 3 to 20 letters from a to z and digits.")
    if not 8 <= len(password) <= 128:
        abort(400, "A password has 8 to 128 characters.")
    insert = "INSERT INTO users (name, password_hash) VALUES (%s, %s) RETURNING name, role"
    try:
        return run(insert, name, HASHER.hash(password)).fetchone(), 201
    except psycopg.errors.UniqueViolation:
        abort(409, "This name is taken.")


@board.post("/tokens")
def log_in():
    body = read_body()
    name, password = read_text(body, "name"), read_text(body, "password")
    user = run("SELECT password_hash FROM users WHERE name = %s", name).fetchone()
    if user is None:
        abort(401, "Nobody has this name.")
    try:
        HASHER.verify(user["password_hash"], password)
    except VerifyMismatchError:
        abort(401, "The password is wrong.")
    token = secrets.token_urlsafe(32)
    run("INSERT INTO tokens (hash, name) VALUES (%s, %s)", fingerprint(token), name)
    return {"token": token}, 201


@board.get("/me")
def show_me():
    return current_user()


@board.get("/users")
def list_users():
    if not is_caretaker(current_user()):
        abort(403, "Only the caretaker may see all accounts.")
    return run("SELECT name, role FROM users").fetchall()


@board.get("/notices")
def list_notices():
    current_user()
    return run("SELECT id, author, text FROM notices").fetchall()


@board.post("/notices")
def add_notice():
    values = current_user()["name"], read_notice_text()
    insert = "INSERT INTO notices (author, text) VALUES (%s, %s) RETURNING id, author, text"
    return run(insert, *values).fetchone(), 201


@board.patch("/notices/<int:notice_id>")
def change_notice(notice_id):
    user, notice = current_user(), find_notice(notice_id)
    if notice["author"] != user["name"]:
        abort(403, "Only the author may change a notice.")
    update = "UPDATE notices SET text = %s WHERE id = %s RETURNING id, author, text"
    return run(update, read_notice_text(), notice_id).fetchone()


@board.delete("/notices/<int:notice_id>")
def delete_notice(notice_id):
    user, notice = current_user(), find_notice(notice_id)
    if notice["author"] != user["name"] and not is_caretaker(user):
        abort(403, "Only the author and the caretaker may take a notice down.")
    run("DELETE FROM notices WHERE id = %s", notice_id)
    return "", 204


def current_user():
    """Return the name and the role of who sent the request, as they are now, or answer 401."""
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        abort(401, "Log in, and send the token as a Bearer.")
    select = "SELECT name, role FROM users JOIN tokens USING (name) WHERE hash = %s"
    return run(select, fingerprint(sent.token)).fetchone() or abort(401, "The token is not good.")


def is_caretaker(user):
    return user["role"] == "caretaker"


def find_notice(notice_id):
    found = run("SELECT author FROM notices WHERE id = %s", notice_id).fetchone()
    return found or abort(404, "There is no such notice.")


def fingerprint(token):
    """A token is too random to be guessed, so a fast hash is enough for it."""
    return hashlib.sha256(token.encode()).hexdigest()


def read_body():
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else abort(400, "Send a JSON object.")


def read_text(body, name):
    text = body.get(name)
    return text if isinstance(text, str) else abort(400, f"Send a text as {name}.")


def read_notice_text():
    text = read_text(read_body(), "text")
    return text if 1 <= len(text) <= 500 else abort(400, "A text has 1 to 500 characters.")


def refuse(error):
    headers = {"WWW-Authenticate": "Bearer"} if error.code == 401 else {}
    return {"error": error.description}, error.code, headers


def run(statement, *values):
    """Run a statement on the application's one connection, and return the cursor."""
    return current_app.extensions["database"].execute(statement, values or None)
