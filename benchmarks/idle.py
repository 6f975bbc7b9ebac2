"""How much memory a warm sandbox takes while it waits."""

from __future__ import annotations

import docker

from sandbox.docker import DockerProvider
from sandbox.environment import Environment, load_environments

MIB = 2**20


def idle_megabytes() -> dict[str, int]:
    """Return the MiB of one warm sandbox of each environment.

    What the container's control group is charged: memory.usage_in_bytes (v1) or memory.current
    (v2), as the engine reports it. That counts processes, kernel, tmpfs and the pages of files
    that it was the first to read. The shim, some 10 MiB on the host, is not in it.
    """
    provider = DockerProvider()
    return {name: _megabytes(provider, found) for name, found in load_environments().items()}


def _megabytes(provider: DockerProvider, environment: Environment) -> int:
    provider.start(environment).destroy()  # the first one is charged for the image's files
    sandbox = provider.start(environment)
    client = docker.from_env()
    try:
        told = client.api.stats(sandbox.container, stream=False)
        return round(int(told["memory_stats"]["usage"]) / MIB)
    finally:
        client.close()
        sandbox.destroy()
