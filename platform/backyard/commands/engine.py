"""A pool of real sandboxes for the length of one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from grader.exercise import Exercise
from sandbox.docker import DockerProvider
from sandbox.environment import load_environments
from sandbox.pool import Pool


@contextmanager
def pool_for(*exercises: Exercise, warm: int = 0) -> Iterator[Pool]:
    """Give a pool that keeps `warm` sandboxes of each of the exercises' environments ready.

    Raises sandbox.errors.EngineUnavailable when Docker does not answer.
    """
    wanted = {exercise.metadata.environment for exercise in exercises}
    environments = {
        name: environment.model_copy(update={"pool": warm if name in wanted else 0})
        for name, environment in load_environments().items()
    }
    provider = DockerProvider()
    provider.check()
    provider.sweep()
    with Pool(provider, environments) as pool:
        yield pool
