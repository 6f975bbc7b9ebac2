"""Migrations make the very tables that the models describe, and can be undone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, create_engine, inspect, text

from backyard import create_app
from backyard.config import Settings
from backyard.db import MIGRATIONS, Base, db

VERSIONS = sorted(Path(MIGRATIONS, "versions").glob("*.py"))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database, in the context of an application on it."""
    (tmp_path / "secret_key").write_text("0123456789abcdef" * 4)
    with create_app(Settings(instance=tmp_path)).app_context():
        yield db.engine
        db.engine.dispose()


def constraints(engine: Engine) -> dict[str, list[Any]]:
    """The constraints of each table by kind, as the database knows them."""
    inspector = inspect(engine)
    return {
        f"{kind} of {table}": sorted(map(str, getattr(inspector, f"get_{kind}")(table)))
        for table in inspector.get_table_names()
        for kind in ("check_constraints", "unique_constraints", "foreign_keys", "indexes")
        if table != "alembic_version"
    }


def test_models_and_migrations_agree(engine: Engine) -> None:
    upgrade()
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_constraints_are_those_of_the_models(engine: Engine) -> None:
    """Alembic compares no checks."""
    upgrade()
    fresh = create_engine("sqlite://")
    Base.metadata.create_all(fresh)
    assert constraints(engine) == constraints(fresh)
    fresh.dispose()


def test_every_migration_can_be_undone_and_done_again(engine: Engine) -> None:
    upgrade()
    before = constraints(engine)
    downgrade(revision="base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade()
    assert constraints(engine) == before


def test_a_second_upgrade_keeps_what_is_there(engine: Engine) -> None:
    upgrade()
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO worker_status VALUES ('w', '2026-01-01', 1, '', '')"))
    upgrade()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM worker_status")).scalar() == 1


def test_a_migration_leaves_foreign_keys_on(engine: Engine) -> None:
    upgrade()
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_the_second_keeps_what_was_handed_in_and_going_back_drops_what_was_cancelled(
    engine: Engine,
) -> None:
    upgrade(revision="0001")
    rows = (
        "INSERT INTO users VALUES (1, 'ada', 'a@b.c', 'x', 'learner', 'k', '2026-01-01')",
        "INSERT INTO exercises VALUES ('a/b', 'a', 'b', 0, 't', 's', 'easy', '[]', 0, '', '[]',"
        " '{}', '[]', '[]', '', NULL, 0)",
        "INSERT INTO submissions (id, user_id, exercise_id, content_hash, files, state, phase,"
        " tries, created_at, message) VALUES ('s', 1, 'a/b', '', '{}', 'queued', '', 0,"
        " '2026-01-01', ''), ('c', 1, 'a/b', '', '{}', 'queued', '', 0, '2026-01-01', '')",
        "INSERT INTO attempts VALUES (1, 's', 't', 1, 'w', '2026-01-01', '2026-01-01', 'lost',"
        " NULL, '', '', '{}')",
    )
    with engine.begin() as connection:
        for row in rows:
            connection.execute(text(row))
    upgrade()
    cancelled = "UPDATE submissions SET state = 'cancelled', finished_at = '2026-01-01'"
    with engine.begin() as connection:
        connection.execute(text(f"{cancelled} WHERE id = 'c'"))
    downgrade(revision="0001")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM submissions")).scalars().all() == ["s"]
        assert connection.execute(text("SELECT ending FROM attempts")).scalars().all() == ["lost"]
    upgrade()


def test_the_fourth_keeps_exercises_and_progress_and_has_all_published_anew(
    engine: Engine,
) -> None:
    upgrade(revision="0003")
    rows = (
        "INSERT INTO users VALUES (1, 'ada', 'a@b.c', 'x', 'learner', 'k', '2026-01-01')",
        "INSERT INTO exercises VALUES ('a/b', 'a', 'b', 0, 't', 's', 'easy', '[]', 0, '', '[]',"
        " '{}', '[]', '[]', 'abc', NULL, 0)",
        "INSERT INTO progress VALUES (1, 'a/b', 50, 1, 2, '2026-01-01', NULL, '2026-01-01')",
    )
    with engine.begin() as connection:
        for row in rows:
            connection.execute(text(row))
    upgrade()
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT id, content_hash, source FROM exercises")).all()
        assert kept == [("a/b", "", "site")]
        assert connection.execute(text("SELECT points FROM progress")).scalar() == 1
    downgrade(revision="0003")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM exercises")).scalars().all() == ["a/b"]


def test_going_back_before_runs_leaves_nothing_of_them(engine: Engine) -> None:
    upgrade(revision="0009")
    rows = (
        "INSERT INTO users VALUES (1, 'ada', 'a@b.c', 'x', 'admin', 'k', '2026-01-01')",
        "INSERT INTO exercises (id, track, slug, position, title, summary, difficulty, skills,"
        " points, statement, files, starter, hints, tests, content_hash, source, retired,"
        " forge_proof) VALUES ('a/b', 'a', 'b', 0, 'B', '', 'easy', '[]', 0, '', '[]', '{}', '[]',"
        " '[]', '', 'site', 0, 1)",
        *(
            "INSERT INTO submissions (id, user_id, exercise_id, content_hash, kind, files, state,"
            " phase, tries, created_at, message) VALUES"
            f" ('{kind}', 1, 'a/b', 'x', '{kind}', '{{}}', 'queued', '', 0, '2026-01-01', '')"
            for kind in ("run", "submit")
        ),
        "INSERT INTO attempts (id, submission_id, token, number, worker, started_at, content_hash,"
        " cause, phases) VALUES (1, 'run', 't', 1, 'w', '2026-01-01', '', '', '{}')",
        "INSERT INTO test_results (attempt_id, position, test_id, title, points, visible, outcome,"
        " seconds, message, exchanges, output) VALUES (1, 0, 'a', 'A', 1, 1, 'passed', 0, '',"
        " '[]', '')",
    )
    with engine.begin() as connection:
        for row in rows:
            connection.execute(text(row))
    downgrade(revision="0008")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM submissions")).scalars().all() == ["submit"]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_the_eleventh_keeps_users_and_cohorts_and_going_back_gives_each_cohort_an_owner(
    engine: Engine,
) -> None:
    upgrade(revision="0007")
    rows = (
        "INSERT INTO users VALUES (1, 'ada', 'a@b.c', 'x', 'admin', 'k', '2026-01-01')",
        "INSERT INTO users VALUES (2, 'bob', 'b@b.c', 'x', 'instructor', 'l', '2026-01-01')",
        "INSERT INTO cohorts VALUES (1, 'Spring', 2, 'AAAA', '2026-01-01')",
        "INSERT INTO memberships VALUES (1, 1, '2026-01-01')",
    )
    with engine.begin() as connection:
        for row in rows:
            connection.execute(text(row))
    upgrade(revision="0011")
    with engine.begin() as connection:
        users = "SELECT username, email_verified_at, theme FROM users ORDER BY id"
        found = connection.execute(text(users)).all()
        assert found == [("ada", None, "system"), ("bob", None, "system")]
        assert connection.execute(text("SELECT wants_verified FROM cohorts")).scalar() == 0
        connection.execute(text("DELETE FROM users WHERE id = 2"))
    downgrade(revision="0010")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT owner_id FROM cohorts")).scalars().all() == [1]
        assert connection.execute(text("SELECT count(*) FROM memberships")).scalar() == 1


def test_there_is_one_newest_migration() -> None:
    assert len(ScriptDirectory(MIGRATIONS).get_heads()) == 1


ALLOWED = {"__future__", "alembic", "sqlalchemy", "tomllib"}


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_imports_nothing_of_ours(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= ALLOWED
