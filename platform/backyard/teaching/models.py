"""The tables of what teachers ask the worker to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backyard.accounts.models import User
from backyard.catalog.models import SITE
from backyard.db import utcnow
from backyard.teaching.tasks import Task, task_constraints


class Publication(Task):
    """A wish to publish all exercises of a source.

    `source` is `SITE` or a repository's address, `ref` a branch or tag of it. `source_commit` is
    git's, once it is known. `outcomes` are `backyard.publishing.outcome.Outcome`s as mappings, one
    for each exercise so far.
    """

    __tablename__ = "publications"
    __table_args__ = (
        *task_constraints(),
        CheckConstraint("source <> ''", name="source_is_named"),
    )

    source: Mapped[str] = mapped_column(Text, default=SITE)
    ref: Mapped[str] = mapped_column(String(200), default="")
    source_commit: Mapped[str] = mapped_column(String(64), default="")
    requested_by: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    requested_at: Mapped[datetime] = mapped_column(default=utcnow)
    outcomes: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
