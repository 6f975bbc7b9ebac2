"""Every constraint of the portfolio's tables refuses what it is there to refuse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.exc import IntegrityError

from backyard.db import Base, db
from tests.unit.web.conftest import Site

ONE, OTHER = "1" * 32, "2" * 32
TABLES = ("portfolios", "shown_solutions")


@pytest.fixture(autouse=True)
def filled(site: Site) -> Iterator[int]:
    """A portfolio of member's with one solution, and the database at hand; member's id."""
    site.exercise()
    site.exercise("sql/joins")
    site.submission("member", id=ONE)
    site.submission("member", id=OTHER)
    user = site.user("member").id
    with site.app.app_context():
        store("portfolios", user_id=user, is_public=True, may_be_found=True)
        store("shown_solutions", user_id=user, exercise_id="flask/books", submission_id=ONE)
        db.session.commit()
        yield user
        db.session.rollback()


def store(table: str, **row: Any) -> None:
    columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    db.session.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), row)


def change(table: str, **changes: Any) -> None:
    values = ", ".join(f"{name} = :{name}" for name in changes)
    db.session.execute(text(f"UPDATE {table} SET {values}"), changes)


def count(table: str) -> int:
    return int(db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_what_may_be_found_is_public() -> None:
    with pytest.raises(IntegrityError, match="ck_portfolios_found_where_public"):
        change("portfolios", is_public=False)


def test_a_portfolio_is_there_once(filled: int) -> None:
    with pytest.raises(IntegrityError, match="UNIQUE constraint failed"):
        store("portfolios", user_id=filled, is_public=False, may_be_found=False)


def test_an_exercise_is_shown_once(filled: int) -> None:
    with pytest.raises(IntegrityError, match="UNIQUE constraint failed"):
        store("shown_solutions", user_id=filled, exercise_id="flask/books", submission_id=OTHER)


def test_a_submission_is_shown_once(filled: int) -> None:
    with pytest.raises(IntegrityError, match=r"shown_solutions\.submission_id"):
        store("shown_solutions", user_id=filled, exercise_id="sql/joins", submission_id=ONE)


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("portfolios", {"user_id": 999}),
        ("shown_solutions", {"user_id": 999}),
        ("shown_solutions", {"exercise_id": "no/such"}),
        ("shown_solutions", {"submission_id": "f" * 32}),
    ],
)
def test_a_row_points_to_one_that_is_there(table: str, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY constraint failed"):
        change(table, **changes)


@pytest.mark.parametrize(
    "column",
    [
        f"{table}.{column.name}"
        for table in TABLES
        for column in Base.metadata.tables[table].columns
        if column.name != "user_id"
    ],
)
def test_a_value_is_not_missing(column: str) -> None:
    table, name = column.split(".")
    with pytest.raises(IntegrityError, match=f"NOT NULL constraint failed: {column}"):
        change(table, **{name: None})


@pytest.mark.parametrize("table", ["submissions", "portfolios"])
def test_with_what_it_shows_a_solution_goes(table: str) -> None:
    db.session.execute(text(f"DELETE FROM {table}"))
    assert count("shown_solutions") == 0


def test_no_constraint_is_forgotten_here() -> None:
    found = [one for name in TABLES for one in Base.metadata.tables[name].constraints]
    checks = {str(one.name) for one in found if isinstance(one, CheckConstraint)}
    unique = [one for one in found if isinstance(one, UniqueConstraint)]
    assert (checks, len(unique)) == ({"ck_portfolios_found_where_public"}, 1)
