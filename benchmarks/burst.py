"""A class that submits at once: sixty submissions on a real queue, worker, pool and engine.

Every figure begins and ends with a full pool, so a submission's CPU counts the start of a sandbox
as well as the grading; and it counts the whole machine, less what it spends while idle.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles
from typing import Final

import docker

from benchmarks.cpu import Meter, idle_rate
from benchmarks.ordinary import baseline
from benchmarks.site import SLOTS, USERS, Site, site, typical
from grader.exercise import Exercise

COLD_RUNS: Final = 20
GREEDY: Final = 20
"""Submissions of one user at once, before the other's one."""

IDLE_SECONDS: Final = 5.0
ALONE_ROUNDS: Final = 5
BEHIND_ROUNDS: Final = 2

Figures = dict[str, float]


def measure_burst(exercise: Exercise) -> Figures:
    """Return `per_s` (submissions a second), `p50_s` and `p95_s` (from handing in to verdict),
    `cpu_s` and `cold_cpu_s` (CPU seconds a submission, and a cold `docker run`), `cpu_over_cold`,
    `alone_s` (one submission, nothing else waits), `after_20_s` (one, behind another user's
    twenty) and `after_20_over_alone`."""
    cold = _cold_cpu(exercise)
    with site(exercise) as place:
        place.waits(place.hand_in(*range(1, 21)))  # so that the pool knows what a burst is
        place.settle()
        figures = _burst(place) | _fairness(place)
    figures |= {"cold_cpu_s": cold, "cpu_over_cold": figures["cpu_s"] / cold}
    return {name: round(value, 3) for name, value in figures.items()}


def _burst(place: Site) -> Figures:
    meter = Meter(idle_rate(IDLE_SECONDS))
    began = time.monotonic()
    waits = place.waits(place.hand_in(*range(1, USERS + 1)))
    seconds = time.monotonic() - began
    place.settle()
    return {
        "per_s": USERS / seconds,
        "p50_s": median(waits),
        "p95_s": quantiles(waits, n=20)[-1],
        "cpu_s": meter.read() / USERS,
    }


def _fairness(place: Site) -> Figures:
    alone, behind = typical(place, ALONE_ROUNDS), []
    for _ in range(BEHIND_ROUNDS):
        many = place.hand_in(*[1] * GREEDY)
        behind += place.waits(place.hand_in(2))
        place.waits(many)
        place.settle()
    return {
        "alone_s": alone,
        "after_20_s": median(behind),
        "after_20_over_alone": median(behind) / alone,
    }


def _cold_cpu(exercise: Exercise) -> float:
    """CPU seconds of one of `COLD_RUNS` cold runs, as many at once as the worker has slots."""
    with baseline(docker.from_env(), exercise) as ordinary:
        ordinary.cold_seconds()  # the first one warms the page cache
        meter = Meter(idle_rate(IDLE_SECONDS))
        with ThreadPoolExecutor(SLOTS) as executor:
            list(executor.map(lambda _: ordinary.cold_seconds(), range(COLD_RUNS)))
        return meter.read() / COLD_RUNS
