"""Every constraint of users, exercises, versions, cohorts and drafts refuses what it should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Table, UniqueConstraint, text
from sqlalchemy.exc import IntegrityError

from backyard.db import Base, db
from tests.unit.web.conftest import Site

WHEN = "2026-01-01 01:00:00.000000"
ROWS: dict[str, dict[str, Any]] = {
    "users": {
        "id": 100,
        "username": "ada",
        "email": "ada@example.org",
        "password_hash": "x",
        "role": "learner",
        "session_key": "key",
        "created_at": WHEN,
        "theme": "system",
        "tab_key": "indents",
        "editor_keys": "standard",
    },
    "exercises": {
        "id": "flask/books",
        "track": "flask",
        "slug": "books",
        "position": 0,
        "title": "Books",
        "summary": "",
        "difficulty": "easy",
        "skills": "[]",
        "after": "[]",
        "may_add": "[]",
        "points": 0,
        "statement": "",
        "files": "[]",
        "starter": "{}",
        "hints": "[]",
        "tests": "[]",
        "content_hash": "",
        "kind": "http",
        "source": "site",
        "retired": False,
        "forge_proof": True,
    },
    "exercise_versions": {
        "exercise_id": "flask/books",
        "number": 1,
        "content_hash": "a" * 64,
        "files": "{}",
        "source": "site",
        "source_commit": "",
        "published_at": WHEN,
    },
    "cohorts": {
        "id": 100,
        "name": "Spring",
        "code": "AAAA",
        "created_at": WHEN,
        "wants_verified": False,
    },
    "memberships": {"cohort_id": 100, "user_id": 100, "joined_at": WHEN},
    "drafts": {
        "user_id": 100,
        "exercise_id": "flask/books",
        "files": "{}",
        "revision": 1,
        "updated_at": WHEN,
    },
}
"""A good row of each table, in an order in which they can be stored."""

CHECKED: dict[str, tuple[str, dict[str, Any]]] = {
    "ck_users_username_lower": ("users", {"username": "Ada"}),
    "ck_users_username_length": ("users", {"username": "ab"}),
    "ck_users_email_lower": ("users", {"email": "Ada@example.org"}),
    "ck_users_role": ("users", {"role": "king"}),
    "ck_users_theme": ("users", {"theme": "pink"}),
    "ck_users_editor_size_range": ("users", {"editor_size": 11}),
    "ck_users_tabkey": ("users", {"tab_key": "jumps"}),
    "ck_users_editorkeys": ("users", {"editor_keys": "ed"}),
    "ck_exercises_id_is_track_and_slug": ("exercises", {"id": "flask/other"}),
    "ck_exercises_points_not_negative": ("exercises", {"points": -1}),
    "ck_exercises_difficulty": ("exercises", {"difficulty": "impossible"}),
    "ck_exercise_versions_number_from_one": ("exercise_versions", {"number": 0}),
    "ck_exercise_versions_content_hash_length": ("exercise_versions", {"content_hash": "a"}),
    "ck_exercise_versions_source_is_named": ("exercise_versions", {"source": ""}),
    "ck_cohorts_name_length": ("cohorts", {"name": ""}),
    "ck_drafts_revision_from_one": ("drafts", {"revision": 0}),
}
UNIQUE: dict[str, tuple[str, dict[str, Any]]] = {
    "username": ("users", {"id": 101, "email": "b@example.org", "session_key": "b"}),
    "email": ("users", {"id": 101, "username": "bob", "session_key": "b"}),
    "session_key": ("users", {"id": 101, "username": "bob", "email": "b@example.org"}),
    "code": ("cohorts", {"id": 101}),
    "exercise_id, exercise_versions.content_hash": ("exercise_versions", {"number": 2}),
}
POINTING: dict[str, dict[str, Any]] = {
    "cohorts.owner_id": {"owner_id": 999},
    "exercise_versions.exercise_id": {"exercise_id": "no/such"},
    "exercise_versions.published_by": {"published_by": 999},
    "memberships.cohort_id": {"cohort_id": 999},
    "memberships.user_id": {"user_id": 999},
    "drafts.user_id": {"user_id": 999},
    "drafts.exercise_id": {"exercise_id": "no/such"},
}


def tables() -> list[Table]:
    return [Base.metadata.tables[name] for name in ROWS]


@pytest.fixture(autouse=True)
def filled(site: Site) -> Iterator[None]:
    """A good row in each table, and the database at hand."""
    with site.app.app_context():
        for table in ROWS:
            store(table)
        db.session.commit()
        yield
        db.session.rollback()


def store(table: str, **changes: Any) -> None:
    """Store the good row with changes, past all that Python would check."""
    row = ROWS[table] | changes
    columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    db.session.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), row)


def change(table: str, **changes: Any) -> None:
    """Change the good row."""
    values = ", ".join(f"{name} = :{name}" for name in changes)
    newest = f"rowid = (SELECT max(rowid) FROM {table})"
    db.session.execute(text(f"UPDATE {table} SET {values} WHERE {newest}"), changes)


def empty(table: str) -> None:
    db.session.execute(text(f"DELETE FROM {table}"))


def count(table: str) -> int:
    return int(db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


@pytest.mark.parametrize("name", CHECKED)
def test_a_check_holds(name: str) -> None:
    table, changes = CHECKED[name]
    with pytest.raises(IntegrityError, match=f"CHECK constraint failed: {name}"):
        change(table, **changes)


@pytest.mark.parametrize("column", UNIQUE)
def test_a_value_is_there_once(column: str) -> None:
    table, changes = UNIQUE[column]
    with pytest.raises(IntegrityError, match=rf"UNIQUE constraint failed: {table}\.{column}\n"):
        store(table, **changes)


@pytest.mark.parametrize("table", ROWS)
def test_a_row_is_there_once(table: str) -> None:
    with pytest.raises(IntegrityError, match="UNIQUE constraint failed"):
        store(table)


@pytest.mark.parametrize("column", POINTING)
def test_a_row_points_to_one_that_is_there(column: str) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY constraint failed"):
        change(column.split(".")[0], **POINTING[column])


@pytest.mark.parametrize(
    "column",
    [
        f"{table}.{column}"
        for table, row in ROWS.items()
        for column in row
        if (table, column) not in {("users", "id"), ("cohorts", "id")}  # they would be numbered
    ],
)
def test_a_value_is_not_missing(column: str) -> None:
    table, name = column.split(".")
    with pytest.raises(IntegrityError, match=f"NOT NULL constraint failed: {column}"):
        change(table, **{name: None})


def test_no_constraint_is_forgotten_here() -> None:
    found = [constraint for table in tables() for constraint in table.constraints]
    checks = {str(one.name) for one in found if isinstance(one, CheckConstraint)}
    unique = {
        f", {one.table.name}.".join(column.name for column in one.columns)
        for one in found
        if isinstance(one, UniqueConstraint)
    }
    assert checks == set(CHECKED)
    assert unique == set(UNIQUE)
    assert {f"{key.parent}" for table in tables() for key in table.foreign_keys} == set(POINTING)
    assert {
        column.name: table.name for table in tables() for column in table.columns if column.nullable
    } == {
        "email_verified_at": "users",
        "editor_size": "users",
        "broken_reason": "exercises",
        "published_by": "exercise_versions",
        "owner_id": "cohorts",
    }


def test_a_cohort_takes_its_memberships_with_it() -> None:
    empty("cohorts")
    assert count("memberships") == 0


def test_a_cohort_outlives_its_owner() -> None:
    store("users", id=101, username="bob", email="b@example.org", session_key="b")
    change("cohorts", owner_id=101)
    db.session.execute(text("DELETE FROM users WHERE id = 101"))
    assert db.session.execute(text("SELECT owner_id FROM cohorts")).scalars().all() == [None]
    assert count("memberships") == 1


def test_a_user_takes_their_memberships_with_them() -> None:
    store("users", id=101, username="bob", email="b@example.org", session_key="b")
    store("memberships", user_id=101)
    db.session.execute(text("DELETE FROM users WHERE id = 101"))
    assert count("memberships") == 1


def test_a_user_takes_their_drafts_with_them() -> None:
    store("users", id=101, username="bob", email="b@example.org", session_key="b")
    store("drafts", user_id=101)
    db.session.execute(text("DELETE FROM users WHERE id = 101"))
    assert count("drafts") == 1
