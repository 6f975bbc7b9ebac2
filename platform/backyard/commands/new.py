"""`backyard new`: an exercise's folder that passes the gate, for its author to go on from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import click

from backyard.commands.exercises import exercises_root
from grader.exercise import SLUG
from grader.schema import SCHEMA, schema_text

SUBJECTS: Final = ("http", "sql", "schema", "python", "command", "tests")
SCAFFOLDS: Final = files("backyard") / "scaffolds"
TITLE: Final = "TITLE"
"""What stands in a scaffold for the exercise's title."""


@click.command("new")
@click.argument("name", metavar="TRACK/SLUG")
@click.option("--subject", type=click.Choice(SUBJECTS), required=True, help="What learners write.")
def new_command(name: str, subject: str) -> None:
    """Write the folder of a new exercise, which passes the gate as it stands.

    TRACK and SLUG are lower-case words joined by hyphens. The folder is made where the other
    exercises are; what to decide says `Decide:`.
    """
    folder = _folder(name)
    title = folder.name.replace("-", " ").capitalize()
    for place, text in _scaffold(SCAFFOLDS / subject):
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(TITLE, title), encoding="utf-8")
    (exercises_root() / SCHEMA).write_text(schema_text(), encoding="utf-8")
    click.echo(f"{folder} is there. Look for `Decide:` in it; `backyard check {name}` tries it.")


def _folder(name: str) -> Path:
    if not re.fullmatch(f"{SLUG}/{SLUG}", name):
        raise click.UsageError(
            f"{name!r} is no name of an exercise: it must be TRACK/SLUG, each of lower-case words "
            "joined by hyphens, such as flask/books-crud."
        )
    folder = exercises_root() / name
    if folder.exists():
        raise click.UsageError(f"{folder} is there already. Choose another name, or remove it.")
    if len(folder.name) < 3:
        raise click.UsageError("A title needs three characters or more, and so does its slug.")
    return folder


def _scaffold(folder: Traversable, below: str = "") -> Iterator[tuple[str, str]]:
    """Yield every file of a scaffold: its path below the folder, and its text."""
    for entry in folder.iterdir():
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _scaffold(entry, f"{below}{entry.name}/")
        else:
            yield f"{below}{entry.name}", entry.read_text(encoding="utf-8")
