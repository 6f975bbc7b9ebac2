"""What one check came to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """`warning` and `unknown` stop nobody; `fail` means that learners' programs should not run."""

    OK = "ok"
    WARNING = "warning"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was found, and what to do about it (empty when there is nothing to do)."""

    check: str
    status: Status
    found: str
    advice: str = ""
