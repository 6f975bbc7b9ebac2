"""`backyard doctor`: what is wrong with this machine, and what to do about it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

import click

from backyard.commands.engine import pool_for
from backyard.commands.usage import StrictCommand
from backyard.config import ConfigurationError, load_settings
from grader.grading import Grader
from grader.trial import TrialFailed, run_trial, told, trial
from sandbox.doctor import gather
from sandbox.doctor.examine import examine
from sandbox.doctor.findings import Finding, Status
from sandbox.doctor.walls import TRIED, judge_memory_wall, judge_walls
from sandbox.errors import SandboxError

COLOURS: Final = {
    Status.OK: "green",
    Status.WARNING: "yellow",
    Status.FAIL: "red",
    Status.UNKNOWN: "yellow",
}


@click.command("doctor", cls=StrictCommand)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as one JSON array.")
def doctor_command(as_json: bool) -> None:
    """Check the Docker engine, this machine, and the walls of a sandbox, which are tried from
    inside; say what to mend.

    The exit code says: 0 nothing fails (there may be warnings), 1 something does, 64 bad use.
    """
    findings = []
    for finding in _findings():
        findings.append(finding)
        if not as_json:
            _print(finding)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        _print_sum(findings)
    sys.exit(1 if any(finding.status is Status.FAIL for finding in findings) else 0)


def _findings() -> Iterator[Finding]:
    try:
        settings = load_settings()
    except ConfigurationError as error:
        yield Finding("settings", Status.FAIL, str(error), "Mend the environment variables.")
        return
    failed_before = False
    for finding in examine(settings.instance):
        failed_before |= finding.status is Status.FAIL and finding.check == "engine"
        yield finding
    if failed_before:
        yield Finding("walls", Status.UNKNOWN, "not tried, as no engine answers")
    else:
        yield from _walls()


def _walls() -> Iterator[Finding]:
    program = gather.program()
    ordinary, greedy = trial(TRIED), trial(["memory"])
    try:
        with pool_for(ordinary, warm=1) as pool:
            grader = Grader(pool)
            yield from judge_walls(told(run_trial(grader, ordinary, program)))
            report = run_trial(grader, greedy, program)
            yield judge_memory_wall(report.verdict, report.message)
    except (SandboxError, TrialFailed) as error:
        yield Finding("walls", Status.UNKNOWN, f"they could not be tried: {error}", "See above.")


def _print(finding: Finding) -> None:
    click.secho(f"{finding.status:8}", fg=COLOURS[finding.status], nl=False)
    advice = f" → {finding.advice}" if finding.advice else ""
    click.echo(f"{finding.check}: {finding.found}{advice}")


def _print_sum(findings: list[Finding]) -> None:
    counts = {status: sum(f.status is status for f in findings) for status in Status}
    told = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    click.secho(f"{told}.", bold=True)
