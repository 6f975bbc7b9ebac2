"""Which tests run, and in which order."""

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


class VisibleOnly:
    """A pytest plugin that runs the tests whose source learners see, and no other."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Deselect the others."""
        others = [item for item in items if item.get_closest_marker("visible") is None]
        items[:] = [item for item in items if item not in others]
        config.hook.pytest_deselected(items=others)
