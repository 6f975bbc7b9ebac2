"""Alembic runs this for every command. It needs the application's context."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

import backyard.accounts.models
import backyard.catalog.models
import backyard.cohorts.models
import backyard.hints.models
import backyard.portfolio.models
import backyard.solutions.models
import backyard.submissions.models
import backyard.teaching.models
import backyard.tryouts.models
import backyard.workbench.models  # noqa: F401 - all of these: for their tables
from backyard.db import Base, UtcDateTime, db


def _render(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column type as what it is in the database: they import nothing of ours."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def _migrate() -> None:
    with db.engine.connect() as connection:
        # SQLite changes a table by making it anew, and dropping the old one would cascade.
        # The switch does nothing inside a transaction, and none has begun yet.
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.commit()  # else Alembic takes part in SQLAlchemy's open transaction
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=_render,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")


_migrate()
