"""A pool whose sandboxes are watched from the host while they are in use."""

from __future__ import annotations

import os
from collections.abc import Mapping

import docker

from sandbox.docker.provider import DockerSandbox
from sandbox.docker.runtimes import RUNTIME_SETTING, choose
from sandbox.environment import Environment
from sandbox.interface import Provider, Sandbox
from sandbox.pool import Pool
from tests.redteam.host import Resident


class WatchedPool(Pool):
    """Graders take sandboxes from it as from any other. `last` is the one that was taken last."""

    last: Resident

    def __init__(
        self,
        provider: Provider,
        environments: Mapping[str, Environment],
        engine: docker.APIClient,
    ) -> None:
        super().__init__(provider, environments)
        self.runtime = choose(os.environ.get(RUNTIME_SETTING), engine.info())
        self._engine = engine
        self._watched: dict[str, Resident] = {}

    def take(self, name: str) -> Sandbox:
        """See `sandbox.pool.Pool`. Watching begins before the job is sent."""
        sandbox = super().take(name)
        assert isinstance(sandbox, DockerSandbox)
        self.last = Resident(self._engine, sandbox.container)
        self._watched[sandbox.container] = self.last
        return sandbox

    def discard(self, sandbox: Sandbox) -> None:
        """See `sandbox.pool.Pool`. Watching ends."""
        assert isinstance(sandbox, DockerSandbox)
        self._watched.pop(sandbox.container).stop_watching()
        super().discard(sandbox)

    def granted(self, name: str) -> Environment:
        """The environment, with what its sandboxes may take, the runtime's own part included."""
        environment, costs = self._shelf(name).environment, self.runtime.costs
        granted = {
            "memory_mb": environment.memory_mb + costs.memory_mb,
            "pids": environment.pids * costs.tasks,
        }
        return environment.model_copy(update=granted)
