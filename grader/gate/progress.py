"""How far the gate has come, for whoever watches."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Is told of each run that is to be made and has been made, from any thread."""

    def planned(self, exercise_id: str, count: int) -> None:
        """So many more runs of this exercise are to be made."""

    def ran(self, exercise_id: str) -> None:
        """One of them is over."""


class Silent:
    """Tells nobody."""

    def planned(self, exercise_id: str, count: int) -> None:
        """Say nothing."""

    def ran(self, exercise_id: str) -> None:
        """Say nothing."""
