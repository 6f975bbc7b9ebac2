"""What became of each exercise of a source. Pure data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class What(StrEnum):
    """What became, or is becoming, of one exercise."""

    CHECKING = "checking"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one exercise: `version` is the one that learners get now, None where there
    is none. `reason` says why it was left out, in sentences for its author."""

    exercise_id: str
    what: What
    version: int | None = None
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The outcome ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """What `as_dict` gave."""
        return cls(**{**data, "what": What(data["what"])})

    @property
    def words(self) -> str:
        """The outcome in a few words, without the reason."""
        return {
            What.CHECKING: "being checked",
            What.PUBLISHED: f"published as version {self.version}",
            What.UNCHANGED: f"unchanged, version {self.version}",
            What.LEFT_OUT: "left out",
            What.RETIRED: "retired: it is not there any more",
        }[self.what]
