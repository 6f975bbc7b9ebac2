"""A pool of real sandboxes for the length of one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from grader.exercise import Exercise
from sandbox.docker import DockerProvider
from sandbox.environment import keep_warm
from sandbox.pool import Pool


@contextmanager
def pool_for(*exercises: Exercise, warm: int = 0) -> Iterator[Pool]:
    """Give a pool that keeps `warm` sandboxes of each of the exercises' environments ready.

    Raises sandbox.errors.EngineUnavailable when Docker does not answer.
    """
    environments = keep_warm(warm, *(exercise.metadata.environment for exercise in exercises))
    provider = DockerProvider()
    provider.check()
    provider.sweep()
    with Pool(provider, environments) as pool:
        yield pool
