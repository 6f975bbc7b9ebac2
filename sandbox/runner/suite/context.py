"""What the fixtures of one run share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest

from sandbox.runner.suite.recorder import Recorder
from sandbox.runner.suite.subject import SubjectProcess

ANSWERS_BEFORE: Final = 0.95
"""The part of a test's time that one answer may take, so that it fails with a clear word."""

FIXTURES: Final = {"postgres": "database", "redis": "redis", "website": "website"}
"""The fixture that makes a service as new, by the service's name."""

PROGRAMS: Final = frozenset({"client", "hands"})
"""The fixtures that have the learner's program started."""


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
        """`http`, `sql`, `schema`, `python` or `command`."""
        return str(self.subject["kind"])

    @property
    def starts_early(self) -> bool:
        """Whether a program may be started before its test is: no service has to be made as new
        first."""
        return self.kind not in ("sql", "schema") and not self.secrets

    def wants(self, fixture: str, *kinds: str) -> None:
        """Raise pytest.UsageError where `fixture`, which is for these kinds, has no use."""
        if self.kind not in kinds:
            raise pytest.UsageError(
                f"`{fixture}` is for subjects of kind {' or '.join(kinds)}; "
                f"this one is {self.kind}."
            )

    def freshen_services(self, request: pytest.FixtureRequest) -> None:
        """Have all services made as new before the learner's program starts."""
        for service in self.secrets:
            request.getfixturevalue(FIXTURES[service])

    def time_limit(self, item: pytest.Item) -> float:
        """Seconds that `item` may take: its mark's, or the exercise's."""
        mark = item.get_closest_marker("timeout")
        if mark is None:
            return self.seconds
        if len(mark.args) != 1 or not isinstance(mark.args[0], (int, float)):
            raise pytest.UsageError(f"{item.nodeid}: `timeout` takes one number of seconds.")
        return float(mark.args[0])
