"""`backyard sync`: publishes the exercises of a folder or of a git repository."""

from __future__ import annotations

import sys
from typing import Final

import click
from sqlalchemy.exc import DatabaseError

from backyard.commands.engine import pool_for
from backyard.config import ConfigurationError, Settings, load_settings
from backyard.publishing.git import GitFailed
from backyard.publishing.outcome import Outcome, What
from backyard.publishing.run import Publisher
from backyard.publishing.sources import UnusableSource, local_or_remote, opened
from backyard.publishing.tables import Origin
from backyard.worker.database import open_checked
from grader.exercise import Exercise
from grader.gate import GateResult, check
from sandbox.errors import SandboxError

WARM: Final = 2
"""Sandboxes that are kept ready while an exercise is checked."""

COLOURS: Final = {What.PUBLISHED: "green", What.LEFT_OUT: "red", What.RETIRED: "yellow"}


@click.command("sync")
@click.argument("source", required=False)
@click.option("--ref", default="", help="A branch or tag, where SOURCE is a git repository.")
def sync_command(source: str | None, ref: str) -> None:
    """Publish the exercises of SOURCE: a folder, or a git repository by its path or address.

    Without SOURCE it is the site's own folder. What was not checked as it is goes through the gate
    first. Exits with 1 if an exercise was left out; learners keep its last version.
    """
    try:
        outcomes = _sync(load_settings(), source, ref)
    except (ConfigurationError, UnusableSource, GitFailed, SandboxError) as error:
        raise click.ClickException(str(error)) from None
    except DatabaseError as error:
        raise click.ClickException(f"The database can't be used: {error.orig}.") from None
    _print(outcomes)
    sys.exit(int(any(outcome.what is What.LEFT_OUT for outcome in outcomes)))


def _sync(settings: Settings, typed: str | None, ref: str) -> list[Outcome]:
    sessions = open_checked(settings.database)
    source = local_or_remote(typed or str(settings.exercises_dir), ref, settings.exercises_dir)
    try:
        with opened(source, settings.exercises_dir) as found:
            origin = Origin(source.address, found.commit)
            return Publisher(sessions, origin, _prove).run(found.root)
    finally:
        sessions.kw["bind"].dispose()


def _prove(exercise: Exercise) -> GateResult:
    with pool_for(exercise, warm=WARM) as pool:
        return check(exercise, pool)


def _print(outcomes: list[Outcome]) -> None:
    width = max((len(outcome.exercise_id) for outcome in outcomes), default=0)
    for outcome in outcomes:
        click.echo(f"{outcome.exercise_id:{width}}  ", nl=False)
        click.secho(outcome.words, fg=COLOURS.get(outcome.what))
        for line in outcome.reason.splitlines():
            click.echo(f"    {line}")
