"""How SQLite is to behave: durable, strict, and patient between processes."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from backyard.accounts.models import User
from backyard.db import db, utcnow
from tests.unit.web.conftest import Site


def pragma(site: Site, name: str) -> object:
    with site.app.app_context():
        return db.session.execute(text(f"PRAGMA {name}")).scalar()


def test_what_was_acknowledged_survives_a_power_cut(site: Site) -> None:
    assert pragma(site, "journal_mode") == "wal"
    assert pragma(site, "synchronous") == 2  # FULL


def test_foreign_keys_hold_and_writers_wait_for_one_another(site: Site) -> None:
    assert pragma(site, "foreign_keys") == 1
    assert pragma(site, "busy_timeout") == 5000


def rename(session: Session, name: str) -> None:
    session.execute(text("UPDATE users SET password_hash = :name WHERE id = 1"), {"name": name})


def test_who_read_first_may_still_write_when_another_wrote_in_between(site: Site) -> None:
    with site.app.app_context(), Session(db.engine) as slow, Session(db.engine) as quick:
        slow.execute(text("SELECT * FROM users")).all()
        rename(quick, "quick")
        quick.commit()
        rename(slow, "slow")
        slow.commit()
        assert slow.scalar(text("SELECT password_hash FROM users WHERE id = 1")) == "slow"


def test_a_writer_waits_for_the_one_before(site: Site) -> None:
    done: list[str] = []

    def write() -> None:
        with site.app.app_context(), Session(db.engine) as second:
            rename(second, "second")
            second.commit()
            done.append("second")

    with site.app.app_context(), Session(db.engine) as first:
        rename(first, "first")
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(0.2)
        assert done == []
        first.commit()
        thread.join(10)
        assert done == ["second"]


def test_a_transaction_that_fails_leaves_nothing(site: Site) -> None:
    with site.app.app_context():
        with Session(db.engine) as session:
            rename(session, "half")
            session.rollback()
        assert db.session.scalar(text("SELECT password_hash FROM users WHERE id = 1")) != "half"


def test_times_are_kept_in_utc(site: Site) -> None:
    there = timezone(timedelta(hours=5, minutes=30))
    moment = datetime(2026, 1, 1, 3, 0, tzinfo=there)
    with site.app.app_context():
        db.session.get_one(User, 1).created_at = moment
        db.session.commit()
        db.session.expunge_all()
        kept = db.session.get_one(User, 1).created_at
        assert (kept, kept.tzinfo) == (moment, UTC)
        stored = db.session.scalar(text("SELECT created_at FROM users WHERE id = 1"))
        assert str(stored).startswith("2025-12-31 21:30")
    assert utcnow().tzinfo is UTC


def test_a_time_without_a_zone_is_refused(site: Site) -> None:
    with site.app.app_context():
        db.session.get_one(User, 1).created_at = datetime(2026, 1, 1)
        with pytest.raises(StatementError, match="has no time zone"):
            db.session.commit()
