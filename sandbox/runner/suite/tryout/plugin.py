"""What a tryout adds to a suite: one test of ours that serves a learner, in place of all others."""

from __future__ import annotations

from typing import Any, Final

import pytest

from sandbox.runner.suite.context import Context
from sandbox.runner.suite.reporting import Reporter
from sandbox.runner.suite.subject import SubjectCrashed
from sandbox.runner.suite.tryout.talk import Talk

TEST: Final = "test_tryout"
"""The name of the test that asks for `tryout`. The host sends it beside the exercise's."""


class Tryouts:
    """A pytest plugin."""

    def __init__(self, context: Context, report: Reporter) -> None:
        self._context = context
        self._talk = Talk(report)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Run no test of the exercise's."""
        others = [item for item in items if item.name != TEST]
        items[:] = [item for item in items if item.name == TEST]
        config.hook.pytest_deselected(items=others)

    @pytest.fixture
    def tryout(self, request: pytest.FixtureRequest) -> None:
        """Serve the learner, in the way of the exercise's kind."""
        serve = {"http": self._web, "sql": self._sql, "schema": self._schema}
        serve[self._context.kind](request)

    def _web(self, request: pytest.FixtureRequest) -> None:
        from sandbox.runner.suite.tryout.web import WebTryout

        self._context.freshen_services(request)
        WebTryout(self._context, self._talk).serve()

    def _sql(self, request: pytest.FixtureRequest) -> None:
        from sandbox.runner.suite.tryout.data import SqlTryout

        SqlTryout(request.getfixturevalue("plan").session, self._talk).serve()

    def _schema(self, request: pytest.FixtureRequest) -> None:
        from sandbox.runner.suite.tryout.data import diagram

        answer: dict[str, Any]
        try:
            answer = diagram(request.getfixturevalue("schema"))
        except SubjectCrashed as error:
            answer = {"crashed": str(error)}
        while (question := self._talk.hear()) is not None:
            self._talk.tell(question, **answer)
