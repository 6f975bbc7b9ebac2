"""The forms of the settings page, and of a forgotten password."""

from __future__ import annotations

from wtforms import (  # type: ignore[attr-defined]  # stubs older than SelectChoice
    EmailField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import Email, InputRequired, Length

from backyard.accounts.forms import ADVICE, LONG_ENOUGH, SAME
from backyard.accounts.models import EDITOR_SIZES, EditorKeys, TabKey, Theme
from backyard.forms import Form, stripped


class ThemeForm(Form):
    """Choose the colours."""

    theme = RadioField("Theme", choices=[theme.value for theme in Theme])  # type: ignore[misc]


class EditorForm(Form):
    """Set the editor. Beside an exercise's files it has the same words (settings-fields.ts)."""

    size = SelectField(
        "Text size",
        choices=[
            SelectChoice("", "as the page"),
            *(SelectChoice(str(size), f"{size} pixels") for size in EDITOR_SIZES),
        ],
    )
    tab = SelectField(
        "Tab key",
        choices=[
            SelectChoice(TabKey.INDENTS, "indents"),
            SelectChoice(TabKey.MOVES, "moves focus"),
        ],
    )
    keys = SelectField(
        "Keys",
        choices=[
            SelectChoice(EditorKeys.STANDARD, "standard"),
            SelectChoice(EditorKeys.VIM, "Vim"),
        ],
    )


class EmailForm(Form):
    """Change one's email address."""

    email = EmailField(
        "New email address",
        [
            InputRequired("Type your new email address."),
            Email("This is not an email address."),
            Length(max=254, message="An email address has 254 characters at most."),
        ],
        filters=[stripped],
        render_kw={"autocomplete": "email"},
    )
    password = PasswordField(
        "Your password",
        [InputRequired("Type your password."), Length(max=128)],
        render_kw={"autocomplete": "current-password"},
    )


class NewPasswordForm(Form):
    """Choose a password."""

    password = PasswordField(
        "New password",
        [InputRequired("Choose a password."), LONG_ENOUGH],
        description=ADVICE,
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "New password, again",
        [InputRequired("Type the password again."), SAME],
        render_kw={"autocomplete": "new-password"},
    )


class PasswordForm(NewPasswordForm):
    """Change one's password."""

    current = PasswordField(
        "Current password",
        [InputRequired("Type your current password."), Length(max=128)],
        render_kw={"autocomplete": "current-password"},
    )


class DeleteForm(Form):
    """Delete one's account."""

    username = StringField(
        "Your username, to be sure",
        [InputRequired("Type your username.")],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "Your password",
        [InputRequired("Type your password."), Length(max=128)],
        render_kw={"autocomplete": "current-password"},
    )


class ForgottenForm(Form):
    """Ask for a link to a new password."""

    name = StringField(
        "Username or email address",
        [InputRequired("Type your username or email address."), Length(max=254)],
        filters=[stripped],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
