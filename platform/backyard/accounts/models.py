"""The table of users."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from backyard.db import Base, utcnow


class Role(StrEnum):
    """What a user may do."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    ADMIN = "admin"


class Theme(StrEnum):
    """Which colours a user wants. `system` is whatever their device says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class TabKey(StrEnum):
    """What the Tab key does in the editor. However it is set, Escape, then Tab leaves."""

    INDENTS = "indents"
    MOVES = "moves"


class EditorKeys(StrEnum):
    """Whose keys the editor has."""

    STANDARD = "standard"
    VIM = "vim"


EDITOR_SIZES: Final = (12, 13, 14, 15, 16, 18, 20, 24)
"""Pixels that the text of the editor may have; editor.css has a rule for each."""


def new_session_key() -> str:
    """An unguessable word (192 bits) that a user's sessions carry."""
    return secrets.token_urlsafe(24)


class User(Base):
    """Somebody with an account.

    `username` (3 to 30 characters, shown to others) and `email` are kept in lower case.
    `session_key` is what a session cookie holds: a new one ends every session of the user.
    `email_verified_at` is when the user showed that they read what `email` is sent.
    `editor_size` is in pixels; without one the editor's text is as large as the page has it.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("username = lower(username)", name="username_lower"),
        CheckConstraint("length(username) BETWEEN 3 AND 30", name="username_length"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("editor_size BETWEEN 12 AND 24", name="editor_size_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(30), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(default=Role.LEARNER)
    session_key: Mapped[str] = mapped_column(String(40), unique=True, default=new_session_key)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    email_verified_at: Mapped[datetime | None]
    theme: Mapped[Theme] = mapped_column(default=Theme.SYSTEM)
    editor_size: Mapped[int | None]
    tab_key: Mapped[TabKey] = mapped_column(default=TabKey.INDENTS)
    editor_keys: Mapped[EditorKeys] = mapped_column(default=EditorKeys.STANDARD)

    # What Flask-Login asks of a user. Somebody without an account is never a `User`.
    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    def get_id(self) -> str:
        """What Flask-Login stores in the session: not the id, but the session key."""
        return self.session_key

    @property
    def is_admin(self) -> bool:
        """Whether the user runs this site."""
        return self.role is Role.ADMIN

    @property
    def teaches(self) -> bool:
        """Whether the user may make cohorts: instructors, and admins."""
        return self.role in (Role.INSTRUCTOR, Role.ADMIN)
