"""What a form without scripts holds: the files' texts, what is left out of them, and a new file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from werkzeug.datastructures import MultiDict

TEXT: Final = "text:"
"""What the fields of texts begin with; the file's name follows."""

NAMELESS: Final = "Give the new file a name, or empty its text."


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields: `texts` by name in their order, names of files to be `left_out`, and the name and
    text of a file to be added, both "" for none."""

    texts: tuple[tuple[str, str], ...] = ()
    left_out: frozenset[str] = field(default_factory=frozenset)
    new_name: str = ""
    new_text: str = ""

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> Self:
        """Read a form."""
        fields = form.items(multi=True)
        return cls(
            tuple((n.removeprefix(TEXT), text) for n, text in fields if n.startswith(TEXT)),
            frozenset(form.getlist("left-out")),
            form.get("new-name", "").strip(),
            form.get("new-text", ""),
        )

    @property
    def is_nameless(self) -> bool:
        """Whether there is a text for a new file, and no name."""
        return not self.new_name and bool(self.new_text.strip())

    def files(self) -> list[tuple[str, bytes]]:
        """What is handed in."""
        kept = [(name, text) for name, text in self.texts if name not in self.left_out]
        new = [(self.new_name, self.new_text)] if self.new_name else []
        return [(name, text.encode()) for name, text in (*kept, *new)]

    def shown(self) -> Mapping[str, str]:
        """All texts by name but the new file's, for a page that says what is wrong with them."""
        return dict(self.texts)


NOTHING_TYPED: Final = Typed()
