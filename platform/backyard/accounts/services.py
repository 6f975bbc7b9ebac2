"""What can be done with accounts. Passwords are hashed with argon2id."""

from __future__ import annotations

from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import exists, literal, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from backyard.accounts.models import Role, User, new_session_key
from backyard.db import db

# 19 MiB, two passes, one lane: what OWASP's Password Storage Cheat Sheet asks for at least. More
# memory would let a burst of log-ins, each of which costs this much, exhaust a small server.
hasher: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class AccountError(Exception):
    """Something about an account can't be done. `field` is the form field to blame."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@cache
def _nobody_hash() -> str:
    return hasher.hash("nobody has this password")


def register(username: str, email: str, password: str, role: Role = Role.LEARNER) -> User:
    """Make an account, and commit. Raises AccountError where the name or address is taken."""
    user = User(
        username=username.lower(),
        email=email.lower(),
        password_hash=hasher.hash(password),
        role=role,
    )
    db.session.add(user)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise _taken(user) from None
    return user


def _taken(user: User) -> AccountError:
    if find(user.username) is not None:
        return AccountError("username", "Somebody has this username already. Choose another one.")
    return AccountError(
        "email", "There is an account with this email address already. Log in instead."
    )


def find(name: str) -> User | None:
    """The user of this username or email address, in whatever case."""
    name = name.strip().lower()
    return db.session.scalar(select(User).where(or_(User.username == name, User.email == name)))


def authenticate(name: str, password: str) -> User | None:
    """The user, if name (or email address) and password are right, else None.

    An unknown name costs the same time as a wrong password, so that nobody can find out by the
    clock who has an account. A password hashed with older parameters is hashed anew.
    """
    user = find(name)
    if not _matches(user.password_hash if user else _nobody_hash(), password) or user is None:
        return None
    if hasher.check_needs_rehash(user.password_hash):
        user.password_hash = hasher.hash(password)
        db.session.commit()
    return user


def _matches(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def change_password(user: User, current: str, new: str) -> None:
    """Set a new password, end all of the user's sessions, and commit.

    Raises AccountError where `current` is not the password.
    """
    if not _matches(user.password_hash, current):
        raise AccountError("current", "This is not your password. Type the one you logged in with.")
    user.password_hash = hasher.hash(new)
    user.session_key = new_session_key()
    db.session.commit()


def set_role(username: str, role: Role) -> User:
    """Give a user a role, and commit. Raises AccountError for an unknown user or the last admin."""
    user = find(username)
    if user is None:
        raise AccountError("username", f"Nobody here is called {username!r}.")
    another = aliased(User)
    others = exists().where(another.role == Role.ADMIN, another.id != user.id)
    # One statement, as two admins might demote each other at the same time.
    allowed = or_(User.role != Role.ADMIN, literal(role is Role.ADMIN), others)
    changed = update(User).where(User.id == user.id, allowed).values(role=role)
    if db.session.scalar(changed.returning(User.id)) is None:
        db.session.rollback()
        raise AccountError(
            "username", f"{user.username} is the only admin. Make somebody else an admin first."
        )
    db.session.commit()
    return user


def list_users() -> list[User]:
    """Every user, by username."""
    return list(db.session.scalars(select(User).order_by(User.username)))
