"""What the host tells the runner when the container is made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """The two uids (each its own gid), the services to start, and the modules to import: ahead for
    the learner's programs, for those of them that name it, and ahead for the suite; and whether
    the learner may use TCP on the loopback."""

    learner: int
    suite: int
    services: tuple[str, ...]
    preload: tuple[str, ...]
    on_demand: tuple[str, ...]
    suite_preload: tuple[str, ...]
    loopback: bool

    @classmethod
    def parse(cls, text: str) -> Settings:
        """Read the JSON that the container's command carries."""
        raw: dict[str, Any] = json.loads(text)
        for key, value in raw.items():
            if isinstance(value, list):
                raw[key] = tuple(value)
        return cls(**raw)
