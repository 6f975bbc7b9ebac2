"""Signed links: they prove that somebody reads the mail that an account's address is sent.

Nothing is stored for them. What they are good for goes into the signature, so that they are
worth nothing as soon as it changes.
"""

from __future__ import annotations

import hashlib
from typing import Final

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from backyard.accounts.models import User
from backyard.db import db

RECOVERY_SECONDS: Final = 3600
"""An hour, as OWASP's Forgot Password Cheat Sheet asks for a short one."""

VERIFICATION_SECONDS: Final = 3 * 24 * 3600


def recovery_token(user: User) -> str:
    """A token to set a new password with, once: any new password makes it worthless."""
    return _recovery_signer(user).dumps(user.id)


def recovering_user(token: str) -> User | None:
    """Whose recovery token this is; None if it is forged, used or older than an hour."""
    user = _claimed_user(token)
    return user if user and _is_signed(_recovery_signer(user), token, RECOVERY_SECONDS) else None


def verification_token(user: User) -> str:
    """A token that says that the present address is the user's."""
    return _verification_signer(user).dumps(user.id)


def verifies(user: User, token: str) -> bool:
    """Whether this is a token of `user`'s for the address that they have now."""
    return _is_signed(_verification_signer(user), token, VERIFICATION_SECONDS)


def _recovery_signer(user: User) -> URLSafeTimedSerializer:
    return _signer("recovery", user, user.session_key, user.password_hash)


def _verification_signer(user: User) -> URLSafeTimedSerializer:
    return _signer("verification", user)


def _signer(purpose: str, user: User, *state: str) -> URLSafeTimedSerializer:
    salt = "\0".join(("backyard", purpose, str(user.id), user.email, *state))
    return URLSafeTimedSerializer(
        str(current_app.secret_key),
        salt=salt,
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )


def _is_signed(signer: URLSafeTimedSerializer, token: str, max_age: int) -> bool:
    try:
        signer.loads(token, max_age=max_age)
    except BadData:
        return False
    return True


def _claimed_user(token: str) -> User | None:
    """The user that the token names, whoever made it: the signature needs their row."""
    _, claimed = URLSafeTimedSerializer("").loads_unsafe(token)
    is_id = isinstance(claimed, int) and 0 < claimed < 2**31
    return db.session.get(User, claimed) if is_id else None
