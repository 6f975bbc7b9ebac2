"""Getting back in without the password, and showing that an address is one's own."""

from __future__ import annotations

from functools import partial

from flask import Flask
from limits import parse_many
from sqlalchemy import func, update

from backyard.accounts import letters
from backyard.accounts.models import User, new_session_key
from backyard.accounts.services import find, hasher
from backyard.accounts.tokens import recovery_token, verification_token
from backyard.config import current_settings
from backyard.db import db, utcnow
from backyard.links import public_link
from backyard.mail.interface import Mail
from backyard.mail.outbox import outbox
from backyard.security import limiter


def ask_for_password(app: Flask, name: str) -> None:
    """Have a link mailed to whoever is called `name`, if anybody is.

    All of that happens later, so that neither the answer nor its time tells who has an account.
    """
    outbox().post(partial(_recovery_mail, app, name))


def _recovery_mail(app: Flask, name: str) -> Mail | None:
    with app.app_context():
        user = find(name)
        if user is None or _has_had_enough(user):
            return None
        link = public_link("accounts.recover", token=recovery_token(user))
        return letters.recovery(user.email, user.username, link)


def _has_had_enough(user: User) -> bool:
    """Whether the account was sent as many mails lately as it may be. Not said to who asked: by
    two names for one account they would learn that there is one."""
    rates = parse_many(current_settings().mail_rate)
    return not all(limiter.limiter.hit(rate, f"mails to {user.id}") for rate in rates)


def set_new_password(user: User, new: str) -> bool:
    """Set a password by a mailed link, end all sessions, and commit; return whether it was set.

    It is not where the same link was used at the same time. The link came by mail, so the address
    is the user's own.
    """
    old_key, email = user.session_key, user.email
    user_hash = hasher.hash(new)
    changed = (
        update(User)
        .where(User.id == user.id, User.session_key == old_key, User.email == email)
        .values(
            password_hash=user_hash,
            session_key=new_session_key(),
            email_verified_at=func.coalesce(User.email_verified_at, utcnow()),
        )
        .execution_options(synchronize_session=False)
    )
    is_changed = db.session.scalar(changed.returning(User.id)) is not None
    db.session.commit()
    db.session.refresh(user)
    return is_changed


def send_verification(user: User) -> None:
    """Mail a link that verifies the user's address. Raises backyard.mail.interface.MailError."""
    link = public_link("accounts.verify", token=verification_token(user))
    outbox().send(letters.verification(user.email, user.username, link))


def verify(user: User) -> None:
    """Note that the user's address is their own, unless they changed it meanwhile, and commit."""
    mine = update(User).where(User.id == user.id, User.email == user.email)
    db.session.execute(mine.values(email_verified_at=utcnow()))
    db.session.commit()


def tell_old_address(old: str, username: str, new: str) -> None:
    """Write to the address that an account had: its owner may not have asked for a new one."""
    outbox().post(lambda: letters.address_changed(old, username, new))
