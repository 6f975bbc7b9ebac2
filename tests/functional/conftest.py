"""Real sandboxes for the functional tests. Without a Docker engine they fail, and say so."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing

import docker
import pytest

from sandbox.docker import DockerProvider
from sandbox.docker.owner import owner_label
from sandbox.docker.walls import OWNER_LABEL
from sandbox.environment import load_environments
from sandbox.errors import SandboxError
from sandbox.images.build import ensure_images
from sandbox.pool import Pool

WARM = 1
"""Sandboxes of each environment that the tests' pool keeps ready."""


@pytest.fixture(scope="session")
def provider() -> DockerProvider:
    """Makes sandboxes of this checkout's images."""
    try:
        ensure_images(print)
        provider = DockerProvider()
        provider.check()
    except SandboxError as error:
        pytest.fail(f"These tests need a Docker engine and the images of `make setup`: {error}")
    return provider


@pytest.fixture(scope="session")
def engine(provider: DockerProvider) -> Iterator[docker.APIClient]:
    """The engine itself, to look at containers from outside."""
    with closing(docker.from_env()) as client:
        yield client.api


@pytest.fixture(scope="session")
def pool(provider: DockerProvider, engine: docker.APIClient) -> Iterator[Pool]:
    """Warm sandboxes of every environment, for all tests together. None may stay behind."""
    environments = {
        name: environment.model_copy(update={"pool": WARM})
        for name, environment in load_environments().items()
    }
    with Pool(provider, environments) as pool:
        yield pool
    wait_for_containers(engine, 0)


def own_containers(engine: docker.APIClient) -> set[str]:
    """The ids of this process's containers, whatever their state."""
    label = f"{OWNER_LABEL}={owner_label()}"
    return {found["Id"] for found in engine.containers(all=True, filters={"label": label})}


def wait_for_containers(engine: docker.APIClient, count: int, seconds: float = 20) -> None:
    """Wait until this process has exactly `count` containers; fail when it never has."""
    deadline = time.monotonic() + seconds
    while len(found := own_containers(engine)) != count:
        assert time.monotonic() < deadline, f"{count} containers expected, there are {len(found)}"
        time.sleep(0.05)
