"""What matters of the host beside its engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sandbox.doctor.findings import Finding, Status

FREE_MB: Final = 2048
"""MiB that should be free: an update's images take about half of it."""

LEAST_FREE_MB: Final = 256
"""MiB below which the database may soon be unable to write."""

CLOCKS_APART: Final = 5.0
"""Seconds that the engine's clock and ours may differ: its events are asked for by time."""

CLOCK: Final = "clock"


def judge_core_pattern(pattern: str | None) -> Finding:
    """Judge kernel.core_pattern: a `|` has the host's root run a program on whatever crashes.

    The limit of zero for core files does not hold for pipes (core(5)).
    """
    check = "core files"
    if pattern is None:
        return Finding(check, Status.UNKNOWN, "kernel.core_pattern can't be read")
    if not pattern.startswith("|"):
        return Finding(check, Status.OK, f"kernel.core_pattern is {pattern!r}")
    return Finding(
        check,
        Status.WARNING,
        f"kernel.core_pattern is {pattern!r}: that program of the host's, run by root, reads the "
        "memory of every learner's program that crashes",
        "Run `sysctl -w kernel.core_pattern=core`, or see that the program may be trusted.",
    )


def judge_disk(name: str, path: str, free_bytes: int | None) -> Finding:
    """Judge the room on one disk."""
    if free_bytes is None:
        return Finding(name, Status.UNKNOWN, f"{path} can't be looked at from here")
    free = free_bytes // 2**20
    told = f"{free:,} MiB are free below {path}"
    if free >= FREE_MB:
        return Finding(name, Status.OK, told)
    status = Status.WARNING if free >= LEAST_FREE_MB else Status.FAIL
    return Finding(
        name, status, told, "Make room: `docker image ls 'backyard/*'` shows old images."
    )


def judge_clock(ours: float, engines: float | None, disciplined: bool | None) -> Finding:
    """Judge the clock: seconds since 1970 here and at the engine, and whether a time service holds
    it (adjtimex(2))."""
    if engines is not None and abs(ours - engines) > CLOCKS_APART:
        told = f"the engine's is {engines - ours:+.0f} s from this one"
        return Finding(CLOCK, Status.WARNING, told, "Set both by a time service.")
    if disciplined is None:
        return Finding(CLOCK, Status.UNKNOWN, "whether a time service holds it can't be seen")
    if not disciplined:
        advice = "Run a time service such as chrony: it must not be set by leaps."
        return Finding(CLOCK, Status.WARNING, "no time service holds it", advice)
    return Finding(CLOCK, Status.OK, "a time service holds it")


def judge_images(tags: Mapping[str, str], there: Sequence[str]) -> Finding:
    """Judge whether the images are there. `tags` are the wanted ones by environment."""
    lacking = sorted(name for name, tag in tags.items() if tag not in there)
    if lacking:
        told = f"missing or out of date for {', '.join(lacking)}"
        return Finding("images", Status.FAIL, told, "Run `make setup`.")
    return Finding("images", Status.OK, f"built for {', '.join(sorted(tags))}")


def judge_memory(total_bytes: int | None, warm_mb: int) -> Finding:
    """Judge whether the warm sandboxes of all environments could take all that they may."""
    if total_bytes is None:
        return Finding("memory", Status.UNKNOWN, "the engine does not tell how much there is")
    total = total_bytes // 2**20
    told = f"{total:,} MiB; the warm sandboxes may take {warm_mb:,} of them"
    if warm_mb < total:
        return Finding("memory", Status.OK, told)
    advice = "Keep fewer sandboxes warm: `pool` in sandbox/images/*/environment.toml."
    return Finding("memory", Status.WARNING, told, advice)
