"""What the fixtures of one run share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from sandbox.runner.suite.recorder import Recorder
from sandbox.runner.suite.subject import SubjectProcess


@dataclass(frozen=True, slots=True)
class Context:
    """The run's subject (`[subject]` of exercise.toml), the learner's files by name, the seconds
    that a test may take, the process that serves the files, the recorder of exchanges, and the
    services' secrets by name."""

    subject: Mapping[str, Any]
    files: Mapping[str, str]
    seconds: float
    process: SubjectProcess
    recorder: Recorder
    secrets: Mapping[str, str]

    @property
    def has_database(self) -> bool:
        """Whether the environment has one."""
        return "postgres" in self.secrets

    @property
    def kind(self) -> str:
        """`http`, `sql` or `schema`."""
        return str(self.subject["kind"])

    def time_limit(self, item: pytest.Item) -> float:
        """Seconds that `item` may take: its mark's, or the exercise's."""
        mark = item.get_closest_marker("timeout")
        if mark is None:
            return self.seconds
        if len(mark.args) != 1 or not isinstance(mark.args[0], (int, float)):
            raise pytest.UsageError(f"{item.nodeid}: `timeout` takes one number of seconds.")
        return float(mark.args[0])
