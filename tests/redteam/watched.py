"""A pool whose sandboxes are watched from the host while they are in use."""

from __future__ import annotations

from collections.abc import Mapping

import docker

from sandbox.docker.provider import DockerSandbox
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
        """The environment, which says what its sandboxes may take."""
        return self._shelf(name).environment
