"""What the process that proves an exercise tells the one that shows it: a small file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

NAME: Final = "preview.json"


@dataclass(frozen=True, slots=True)
class State:
    """How far the gate has come with the exercise as it is saved.

    `version` counts what was shown: a page that shows an older one is to be loaded anew. `problems`
    are sentences with their places, of the last check that was over. `planned` and `ran` count the
    runs of one under way, and are None when there is none.
    """

    exercise_id: str
    version: int = 0
    problems: list[str] = field(default_factory=list)
    checked: bool = False
    planned: int | None = None
    ran: int | None = None

    @property
    def is_checking(self) -> bool:
        """Whether the gate is at work."""
        return self.planned is not None


def write(folder: Path, state: State) -> None:
    """Make `state` the one that `read` returns, at once."""
    new = folder / f".{NAME}"
    new.write_text(json.dumps(asdict(state)))
    new.replace(folder / NAME)


def read(folder: Path) -> State:
    """Return the state that was written last."""
    return State(**json.loads((folder / NAME).read_text()))
