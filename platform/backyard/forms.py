"""The form that every feature's forms are made of."""

from __future__ import annotations

from flask_wtf import FlaskForm  # type: ignore[import-untyped]


class Form(FlaskForm):  # type: ignore[misc]
    """A WTForms form with a CSRF token."""

    def text(self, name: str) -> str:
        """What was typed into the field `name`; for a valid form."""
        return str(self[name].data or "")


def stripped(text: str | None) -> str | None:
    """A field's filter: no blanks at the ends, as phones and copies add them."""
    return text.strip() if text else text
