"""`backyard setup`: everything that must be there before the first request. Idempotent."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import click
from flask_migrate import upgrade
from sqlalchemy import exists, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import sessionmaker

from backyard import create_app
from backyard.accounts.models import Role, User
from backyard.accounts.services import AccountError, register
from backyard.config import ConfigurationError, Settings, load_settings
from backyard.db import db
from backyard.publishing.outcome import Outcome, What
from backyard.publishing.run import Publisher
from backyard.publishing.tables import Origin
from grader.loading import exercise_folders

Say = Callable[[str], None]


def prepare(settings: Settings, say: Say) -> None:
    """Make what is missing, and tell `say` a line for each thing that was done.

    Raises ConfigurationError with a sentence for the operator.
    """
    _make_instance(settings.instance, say)
    _make_secret_key(settings.secret_key_file, say)
    with create_app(settings).app_context():
        upgrade()
        _load_exercises(settings.exercises_dir, say)
        _make_admin(say)


def _make_instance(folder: Path, say: Say) -> None:
    """Only the owner may enter a new folder; the mode of an old one is the operator's choice."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True)
        say(f"Made the instance folder {folder}.")


def _make_secret_key(file: Path, say: Say) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as stream:
        stream.write(secrets.token_urlsafe(48) + "\n")
    say(f"Made the secret key {file}.")


def _load_exercises(folder: Path, say: Say) -> None:
    if not folder.is_dir():
        raise ConfigurationError(
            f"There is no folder {folder}. Set BACKYARD_EXERCISES_DIR to where the exercises are."
        )
    if not exercise_folders(folder):
        return  # perhaps it is not mounted: nobody means to retire everything
    _tell(Publisher(sessionmaker(db.engine), Origin()).run(folder), say)


def _tell(outcomes: list[Outcome], say: Say) -> None:
    for what in (What.PUBLISHED, What.RETIRED):
        if ids := [outcome.exercise_id for outcome in outcomes if outcome.what is what]:
            say(f"Exercises {what}: {', '.join(ids)}.")
    for outcome in outcomes:
        if outcome.what is What.LEFT_OUT:
            say(f"Exercise {outcome.exercise_id} is not published as it is: {outcome.reason}")


def _make_admin(say: Say) -> None:
    if db.session.scalar(select(exists().where(User.role == Role.ADMIN))):
        return
    password = secrets.token_urlsafe(12)
    try:
        register("admin", "admin@localhost", password, Role.ADMIN)
    except AccountError as error:
        raise ConfigurationError(f"There is no admin, and none could be made: {error}") from None
    say(f"Made an admin. Username: admin  Password: {password}")
    say("The password is shown this once. Change it on the page of your account.")


@click.command("setup")
def setup_command() -> None:
    """Create or update the instance folder, database, exercises and admin."""
    try:
        prepare(load_settings(), click.echo)
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}.") from None
    except DatabaseError as error:
        raise click.ClickException(f"The database can't be used: {error.orig}.") from None
    click.echo("Backyard is set up.")
