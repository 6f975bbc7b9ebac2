"""The forms of cohorts."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from backyard.forms import Form, stripped


class NameForm(Form):
    """Name a cohort: a new one, or an old one anew."""

    name = StringField(
        "Name",
        [InputRequired("Type a name."), Length(1, 80, "A name has 1 to 80 characters.")],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": 80},
    )


class JoinForm(Form):
    """Join a cohort."""

    code = StringField(
        "Join code",
        [InputRequired("Type the code that your instructor gave you."), Length(max=40)],
        description="Eight letters and digits, such as ABCD-2345. Your instructor has it, and can "
        "read what members hand in.",
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
