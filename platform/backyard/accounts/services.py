"""What can be done with accounts. Passwords are hashed with argon2id."""

from __future__ import annotations

from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Exists, delete, exists, literal, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from backyard.accounts.models import EditorKeys, Role, TabKey, Theme, User, new_session_key
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
    check_password(user, current, "current")
    user.password_hash = hasher.hash(new)
    user.session_key = new_session_key()
    db.session.commit()


def check_password(user: User, password: str, field: str) -> None:
    """Raise AccountError, which blames `field`, where `password` is not the user's."""
    if not _matches(user.password_hash, password):
        raise AccountError(field, "This is not your password. Type the one you logged in with.")


def change_email(user: User, password: str, email: str) -> str:
    """Set another address, which is not verified yet, and commit; return the old one.

    Raises AccountError where the password is wrong or somebody has the address.
    """
    check_password(user, password, "password")
    old = user.email
    if email.lower() == old:
        raise AccountError("email", "This is your address already.")
    user.email, user.email_verified_at = email.lower(), None
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise AccountError("email", "There is an account with this email address.") from None
    return old


def set_theme(user: User, theme: Theme) -> None:
    """Remember which colours the user wants, and commit."""
    user.theme = theme
    db.session.commit()


def set_editor(user: User, size: int | None, tab_key: TabKey, keys: EditorKeys) -> None:
    """Remember how the user wants the editor, and commit. `size` is one of EDITOR_SIZES, or None
    for that of the page."""
    user.editor_size, user.tab_key, user.editor_keys = size, tab_key, keys
    db.session.commit()


def delete_account(user: User, password: str, username: str) -> None:
    """Delete the user and all that belongs to them alone, and commit.

    What they made for others stays: cohorts, without an owner, and published exercises. Raises
    AccountError where the password or the typed username is wrong, and for the last admin.
    """
    if username.strip().lower() != user.username:
        raise AccountError("username", "This is not your username. Type it as it stands above.")
    check_password(user, password, "password")
    # One statement, as two admins might leave at the same time.
    gone = delete(User).where(User.id == user.id, or_(User.role != Role.ADMIN, _other_admins(user)))
    gone = gone.execution_options(synchronize_session=False)
    if db.session.scalar(gone.returning(User.id)) is None:
        db.session.rollback()
        raise AccountError("username", "You are the only admin. Make somebody else an admin first.")
    db.session.commit()


def _other_admins(user: User) -> Exists:
    another = aliased(User)
    return exists().where(another.role == Role.ADMIN, another.id != user.id)


def set_role(username: str, role: Role) -> User:
    """Give a user a role, and commit. Raises AccountError for an unknown user or the last admin."""
    user = find(username)
    if user is None:
        raise AccountError("username", f"Nobody here is called {username!r}.")
    # One statement, as two admins might demote each other at the same time.
    allowed = or_(User.role != Role.ADMIN, literal(role is Role.ADMIN), _other_admins(user))
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
