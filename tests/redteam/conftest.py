"""A pool of the red team's own, watched from the host; and which attacks are run."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import closing

import docker
import pytest

from sandbox.docker import DockerProvider
from sandbox.environment import load_environments
from sandbox.errors import SandboxError
from sandbox.images.build import ImageError, ensure_images
from tests.redteam.attacks import Attack
from tests.redteam.watched import WatchedPool


@pytest.fixture(scope="session")
def pool() -> Iterator[WatchedPool]:
    """Two warm sandboxes of each environment. All are looked after to their end."""
    try:
        ensure_images(print)
        provider = DockerProvider()
        provider.check()
    except (ImageError, SandboxError) as error:
        pytest.fail(f"These tests need a Docker engine and the images of `make setup`: {error}")
    environments = {
        name: environment.model_copy(update={"pool": 2})
        for name, environment in load_environments().items()
    }
    with (
        closing(docker.from_env()) as client,
        WatchedPool(provider, environments, client.api) as pool,
    ):
        yield pool


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave slow attacks to CI and to `make redteam`, which ask for the whole corpus."""
    if os.environ.get("CI"):
        return
    slow = [item for item in items if _is_slow(item)]
    items[:] = [item for item in items if item not in slow]
    config.hook.pytest_deselected(items=slow)


def _is_slow(item: pytest.Item) -> bool:
    callspec = getattr(item, "callspec", None)
    attack = callspec.params.get("attack") if callspec else None
    return isinstance(attack, Attack) and attack.description.slow


@pytest.fixture(scope="session")
def honest_is_due() -> Callable[[], bool]:
    """Says of every tenth attack that an honest submission is to be graded after it."""
    numbers = itertools.count(1)
    return lambda: next(numbers) % 10 == 0
