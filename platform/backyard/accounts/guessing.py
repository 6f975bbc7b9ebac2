"""Whom the limits on log-ins count, so that guessers are stopped and owners are not."""

from __future__ import annotations

from typing import Final

from flask import request

from backyard.accounts.models import User
from backyard.accounts.services import find
from backyard.security import client_address, limiter

REMEMBERED: Final = 90 * 24 * 3600
"""Seconds for which an address is known after a log-in from it, unless the process ends before."""


def account_key() -> str:
    """The account that the form names: the same by username and by email address.

    A name that nobody has counts like any other, or the limit would tell who has an account.
    """
    name = request.form.get("name", "")[:254].strip().lower()
    user = find(name)
    return f"user {user.id}" if user else f"name {name}"


def address_is_known() -> bool:
    """Whether somebody has logged in to this account from this address before."""
    return limiter.storage.get(_known(account_key())) > 0


def remember_address(user: User) -> None:
    """Know this address as one of `user`'s: strangers' guesses no longer count against it."""
    limiter.storage.incr(_known(f"user {user.id}"), REMEMBERED)


def _known(account: str) -> str:
    return f"known {account} {client_address()}"
