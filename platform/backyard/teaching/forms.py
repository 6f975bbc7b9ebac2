"""The forms of those who teach."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from backyard.forms import Form, stripped
from backyard.publishing.sources import Source, UnusableSource, remote


class RepositoryForm(Form):
    """Publish from a git repository."""

    address = StringField(
        "Address of a git repository",
        [
            InputRequired("Type the repository's address."),
            Length(max=500, message="An address has at most 500 characters."),
        ],
        filters=[stripped],
        description="https://…, ssh://… or git@host:path. Exercises stand in it as "
        "track/slug/, or in its folder exercises/. Leave passwords out: they can be read here.",
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    ref = StringField(
        "Branch or tag",
        [Length(max=200, message="A name has at most 200 characters.")],
        filters=[stripped],
        description="Empty: the repository's own choice.",
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )

    def source(self) -> Source | None:
        """What was typed; None, with the reason at the field, where it can't be used."""
        if not self.validate():
            return None
        try:
            return remote(self.text("address"), self.text("ref"))
        except UnusableSource as error:
            self.address.errors = [str(error)]
            return None
