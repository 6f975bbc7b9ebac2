"""`make chaos`: every fault many times, and a table of what came of it.

`python -m tests.chaos "SIGTERM" "disk full"` does only those.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sandbox.images.build import ensure_images
from tests.chaos.engine import Engine, own_engine, why_not
from tests.chaos.faults import ENGINES, PLAIN, ROOTS
from tests.chaos.run import Outcome, run

KILLS: Final = 4
"""How often a worker is killed at each of five moments: twenty times in all."""

OTHERS: Final = 2

PROMISE: Final = 30.0
"""Seconds after which every verdict should be there, once all is whole again."""

ROW: Final = "{:<24} {:>5} {:>11} {:>8} {:>15}"


def main(*wanted: str) -> int:
    """Print the table of the faults wanted, or of all; return 1 if anything was lost or late."""
    known = [*PLAIN, *ROOTS, *ENGINES]
    if unknown := set(wanted) - set(known):
        print(f"There is no fault {unknown.pop()!r}; there are: {', '.join(known)}.")
        return 64
    ensure_images(print)
    began, bad = time.monotonic(), 0
    print(ROW.format("fault", "times", "submissions", "verdicts", "worst recovery"))
    for outcome in _outcomes(wanted or known):
        bad += isinstance(outcome, str) or outcome.worst > PROMISE
        print(outcome if isinstance(outcome, str) else _row(outcome), flush=True)
    print(f"{bad} faults cost too much. All took {time.monotonic() - began:.0f} s.")
    return int(bad > 0)


def _outcomes(wanted: Sequence[str]) -> Iterator[Outcome | str]:
    simple = [name for name in wanted if name not in ENGINES]
    engines = [name for name in wanted if name in ENGINES]
    reason = why_not()
    for name in simple:
        if reason and name in ROOTS:
            print(f"not done: {name}, as {reason}")
        else:
            yield _try(name, KILLS if name.startswith("kill") else OTHERS)
    if reason and engines:
        print(f"not done: {', '.join(engines)}, as {reason}")
    elif engines:
        with own_engine() as engine:
            yield from (_try(name, OTHERS, engine) for name in engines)


def _try(name: str, times: int, engine: Engine | None = None) -> Outcome | str:
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        try:
            return run(name, Path(folder), times, engine)
        except AssertionError as error:
            return f"{name}: {error}"


def _row(outcome: Outcome) -> str:
    cells = (outcome.fault, outcome.times, outcome.submissions, outcome.verdicts)
    late = " LATE" if outcome.worst > PROMISE else ""
    return ROW.format(*cells, f"{outcome.worst:.1f} s") + late


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
