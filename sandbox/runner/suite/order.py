"""The order in which tests run."""

from __future__ import annotations

import random

import pytest


class Shuffled:
    """A pytest plugin that shuffles the tests, always in the same way for the same seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put the tests into another order."""
        random.Random(self._seed).shuffle(items)
