"""Times one grading three ways, in turn: warm sandbox, cold `docker run`, bare pytest.

`python -m benchmarks.grading --json` prints one JSON object by exercise id: the medians of the
rounds in seconds (`warm_s`, `cold_s`, `bare_s`) and the ratios `warm_over_cold` and
`warm_over_bare`. Unless exercises are named it holds two keys more: `idle_mb`, by environment
(benchmarks/idle.py), and `burst` (benchmarks/burst.py).

All three ways run the same tests against the same solution in the same image; the baselines run
them in one process, as another grader would (see benchmarks/baselines/README.md).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Final

import click
import docker
from docker.models.containers import Container

from benchmarks.burst import measure_burst
from benchmarks.idle import idle_megabytes
from benchmarks.ordinary import Baseline, baseline
from grader.compiling import Compiler
from grader.exercise import Exercise
from grader.grading import Grader
from grader.loading import exercise_folders, load_exercise
from grader.verdict import Verdict
from sandbox.docker import DockerProvider
from sandbox.environment import load_environments
from sandbox.pool import Pool

EXERCISES: Final = Path(__file__).parent.parent / "exercises"
KINDS: Final = ("warm", "cold", "bare")

BURST: Final = "flask/books-crud"
"""The exercise that many submit at once."""

Times = dict[str, list[float]]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option(
    "--rounds",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="How often each way is timed.",
)
@click.argument("names", nargs=-1, metavar="[EXERCISE]...")
def main(as_json: bool, rounds: int, names: tuple[str, ...]) -> None:
    """Time the grading of each EXERCISE's reference solution.

    Without a name: of all that have a baseline, and then a burst of submissions.
    """
    folders = exercise_folders(EXERCISES)
    catalog = {name: load_exercise(folder) for name, folder in folders.items()}
    with_baseline = {name: found for name, found in catalog.items() if _has_baseline(found)}
    if unknown := set(names) - set(with_baseline):
        raise click.UsageError(f"There is no baseline for {', '.join(sorted(unknown))}.")
    chosen = [with_baseline[name] for name in names or sorted(with_baseline)]
    provider = DockerProvider()
    provider.sweep()
    figures: dict[str, Mapping[str, float]] = {}
    with Pool(provider, load_environments()) as pool:
        for exercise in chosen:
            print(f"timing {exercise.id} …", file=sys.stderr)
            figures[exercise.id] = _figures(_measure(exercise, pool, rounds))
    if not names:
        print(f"a burst of {BURST} …", file=sys.stderr)
        figures["idle_mb"] = idle_megabytes()
        figures["burst"] = measure_burst(catalog[BURST])
    _print(figures, as_json)


def _measure(exercise: Exercise, pool: Pool, rounds: int) -> Times:
    times: Times = {kind: [] for kind in KINDS}
    compiler = Compiler(pool)
    compiler.compile(exercise)  # as a worker does once for each suite
    grader = Grader(pool, compiler)
    with ExitStack() as stack:
        ordinary = stack.enter_context(baseline(docker.from_env(), exercise))
        idle = stack.enter_context(ordinary.idle())
        for number in range(rounds + 1):
            one_round = _round(exercise, pool, grader, ordinary, idle)
            if number > 0:  # the first one warms the page cache
                for kind, seconds in one_round.items():
                    times[kind].append(seconds)
    return times


def _round(
    exercise: Exercise, pool: Pool, grader: Grader, ordinary: Baseline, idle: Container
) -> dict[str, float]:
    return {
        "warm": _warm_seconds(exercise, pool, grader),
        "cold": ordinary.cold_seconds(),
        "bare": ordinary.bare_seconds(idle),
    }


def _warm_seconds(exercise: Exercise, pool: Pool, grader: Grader) -> float:
    with _quiet(pool):
        began = time.monotonic()
        report = grader.grade(exercise, exercise.accepted["reference"])
        seconds = time.monotonic() - began
    if report.verdict is not Verdict.PASSED:
        raise RuntimeError(f"{exercise.id}: the reference is judged {report.verdict}")
    return seconds


@contextmanager
def _quiet(pool: Pool) -> Iterator[None]:
    """Wait until the pool is full, before and after: a refill shall not slow the next timing."""
    pool.wait_until_full()
    yield
    pool.wait_until_full()


def _has_baseline(exercise: Exercise) -> bool:
    return (Path(__file__).parent / "baselines" / f"{exercise.track}-{exercise.slug}").is_dir()


def _figures(times: Times) -> dict[str, float]:
    warm, cold, bare = (median(times[kind]) for kind in KINDS)
    return {
        "warm_s": round(warm, 3),
        "cold_s": round(cold, 3),
        "bare_s": round(bare, 3),
        "warm_over_cold": round(warm / cold, 3),
        "warm_over_bare": round(warm / bare, 3),
    }


def _print(figures: Mapping[str, Mapping[str, float]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures, indent=2))
        return
    for title, row in figures.items():
        click.echo(title)
        for name, value in row.items():
            click.echo(f"  {name:20} {value:7.3f}")


if __name__ == "__main__":
    main()
