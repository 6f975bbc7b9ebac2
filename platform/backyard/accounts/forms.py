"""The forms of accounts."""

from __future__ import annotations

from typing import Final

from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.validators import Email, EqualTo, InputRequired, Length, Regexp

from backyard.accounts.models import Role
from backyard.forms import Form, stripped

ADVICE: Final = "At least 10 characters. A few random words are a good choice."
LONG_ENOUGH: Final = Length(10, 128, "A password has 10 to 128 characters.")
SAME: Final = EqualTo("password", "The two passwords are not the same.")
USERNAME: Final = r"^[A-Za-z0-9](?:[A-Za-z0-9_-]{1,28})[A-Za-z0-9]\Z"


class RegisterForm(Form):
    """Make an account."""

    username = StringField(
        "Username",
        [
            InputRequired("Choose a username."),
            Regexp(USERNAME, message="Use 3 to 30 letters, digits, - or _, no - or _ at the ends."),
        ],
        filters=[stripped],
        description="3 to 30 letters and digits. Others see it on leaderboards.",
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    email = EmailField(
        "Email address",
        [InputRequired("Type your email address."), Email("This is not an email address.")],
        filters=[stripped],
        render_kw={"autocomplete": "email"},
    )
    password = PasswordField(
        "Password",
        [InputRequired("Choose a password."), LONG_ENOUGH],
        description=ADVICE,
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "Password, again",
        [InputRequired("Type the password again."), SAME],
        render_kw={"autocomplete": "new-password"},
    )


class LoginForm(Form):
    """Log in."""

    name = StringField(
        "Username or email address",
        [InputRequired("Type your username or email address.")],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "Password",
        [InputRequired("Type your password."), Length(max=128)],
        render_kw={"autocomplete": "current-password"},
    )


class RoleForm(Form):
    """Give somebody a role."""

    username = StringField("Username", [InputRequired("Type a username.")])
    # The stubs, of an older version, want pairs, of which WTForms itself warns by now.
    role = SelectField("Role", choices=[role.value for role in Role])  # type: ignore[misc]
