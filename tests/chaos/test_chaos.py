"""Each fault once, with a few submissions; `make chaos` does each many times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.images.build import ensure_images
from tests.chaos.engine import Engine, own_engine, why_not
from tests.chaos.faults import ENGINES, PLAIN, ROOTS
from tests.chaos.run import Outcome, run

with_root = pytest.mark.skipif(why_not() != "", reason=why_not())


@pytest.fixture(scope="module", autouse=True)
def images() -> None:
    """The sandboxes' images are there."""
    ensure_images(print)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """An engine that the tests may stop."""
    with own_engine() as engine:
        yield engine


def nothing_is_lost(outcome: Outcome) -> None:
    """`run` has looked at each; this is that something was there to be lost."""
    assert outcome.verdicts == outcome.submissions > 0


@pytest.mark.parametrize("fault", PLAIN)
def test_nothing_is_lost_to(fault: str, tmp_path: Path) -> None:
    nothing_is_lost(run(fault, tmp_path, 1))


@with_root
@pytest.mark.parametrize("fault", ROOTS)
def test_nothing_is_lost_with_a(fault: str, tmp_path: Path) -> None:
    nothing_is_lost(run(fault, tmp_path, 1))


@with_root
@pytest.mark.parametrize("fault", ENGINES)
def test_nothing_is_lost_when_the(fault: str, tmp_path: Path, engine: Engine) -> None:
    nothing_is_lost(run(fault, tmp_path, 1, engine))
