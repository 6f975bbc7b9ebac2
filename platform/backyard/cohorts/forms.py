"""The forms of cohorts."""

from __future__ import annotations

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from backyard.forms import Form, stripped


class CohortForm(Form):
    """What a cohort is called and whom it takes: a new one, or an old one anew."""

    name = StringField(
        "Name",
        [InputRequired("Type a name."), Length(1, 80, "A name has 1 to 80 characters.")],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": 80},
    )
    wants_verified = BooleanField(
        "Only learners with a verified email address may join",
        description="They verify it by a link that they are sent. Members stay, verified or not.",
    )


class OwnerForm(Form):
    """Give a cohort to somebody who teaches; `choices` are their usernames."""

    username = SelectField(
        "New owner",
        [InputRequired("Choose who is to own the cohort.")],
        description="Owners see the join code, and can read what members hand in.",
        validate_choice=False,
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
