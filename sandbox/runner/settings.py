"""What the host tells the runner when the container is made."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The two uids (each its own gid), the services to start, and the modules to import: ahead for
    the learner's programs, for those of them that name it, and ahead for the suite."""

    learner: int
    suite: int
    services: tuple[str, ...]
    preload: tuple[str, ...]
    on_demand: tuple[str, ...]
    suite_preload: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Settings:
        """Read the JSON that the container's command carries."""
        raw = json.loads(text)
        lists = ("services", "preload", "on_demand", "suite_preload")
        return cls(raw["learner"], raw["suite"], *(tuple(raw[name]) for name in lists))
