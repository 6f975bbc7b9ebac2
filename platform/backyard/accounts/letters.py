"""The mails about accounts, word for word."""

from __future__ import annotations

from backyard.mail.interface import Mail


def recovery(to: str, username: str, link: str) -> Mail:
    """The way to a new password."""
    return Mail(
        to,
        "A new password for Backyard",
        f"""Hello {username},

somebody, probably you, asked for a new password for your account on Backyard.
Open this address within an hour to choose one:

{link}

It works once. If you did not ask for it, do nothing: your password stays as it is.
""",
    )


def verification(to: str, username: str, link: str) -> Mail:
    """The way to show that an address is one's own."""
    return Mail(
        to,
        "Verify your email address for Backyard",
        f"""Hello {username},

this address was given for the account {username} on Backyard. To say that it is
yours, open this address within three days, and log in if you are asked to:

{link}

If you have no such account, do nothing.
""",
    )


def address_changed(to: str, username: str, new: str) -> Mail:
    """What the address reads that an account does not have any more."""
    return Mail(
        to,
        "Your address for Backyard has changed",
        f"""Hello {username},

the email address of your account on Backyard is now {new}.
Mail comes there from now on, and this is the last that comes here.

If that was not you, write to whoever runs the site: somebody knows your password.
""",
    )
