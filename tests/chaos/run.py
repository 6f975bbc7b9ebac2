"""Runs one fault in a house of its own, and says what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.chaos.engine import Engine
from tests.chaos.faults import ENGINES, PLAIN, ROOTS, Fault, small_disk
from tests.chaos.house import House, house, one_verdict_each


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often it was done, submissions and verdicts, and the longest wait for a verdict after
    all was whole again, in seconds."""

    fault: str
    times: int
    submissions: int
    verdicts: int
    worst: float


def run(name: str, folder: Path, times: int, engine: Engine | None = None) -> Outcome:
    """Do the fault `times` times. Raises AssertionError, with what was lost."""
    host = engine.host if engine else ""
    with _folder(name, folder), house(folder, host) as it:
        _fault(name, engine)(it, times)
        one_verdict_each(it)
        return _outcome(name, it, times)


def _fault(name: str, engine: Engine | None) -> Fault:
    if name in ENGINES:
        assert engine
        return partial(ENGINES[name], engine)
    return {**PLAIN, **ROOTS}[name]


@contextmanager
def _folder(name: str, folder: Path) -> Iterator[None]:
    with small_disk(folder) if name in ROOTS else nullcontext():
        yield


def _outcome(name: str, it: House, times: int) -> Outcome:
    verdicts = len(it.over.keys() & set(it.submissions))
    return Outcome(name, times, len(it.submissions), verdicts, max(it.recoveries))
