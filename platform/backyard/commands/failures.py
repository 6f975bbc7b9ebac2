"""`backyard failures`: what could not be graded, run or tried through our own fault."""

from __future__ import annotations

import sys

import click

from backyard.config import ConfigurationError, load_settings
from backyard.failures.services import Failure, failures
from backyard.worker.database import open_checked


@click.command("failures")
@click.option("--count", type=click.IntRange(1, 1000), default=20, show_default=True)
def failures_command(count: int) -> None:
    """List what failed by our fault, newest first: submissions, runs and tryouts.

    Learners lose nothing by it.
    """
    try:
        sessions = open_checked(load_settings().database)
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from None
    with sessions() as session:
        found = failures(session, length=count).entries
    sessions.kw["bind"].dispose()
    for failure in found:
        click.echo(_line(failure))
    if not found:
        click.echo("There has been none.", file=sys.stderr)


def _line(failure: Failure) -> str:
    when = failure.ended_at.isoformat(timespec="seconds")
    who = (failure.submission_id, failure.exercise_id, failure.username, failure.worker)
    return "  ".join(filter(None, (when, failure.what, *who))) + f"\n    {failure.cause}"
