"""`backyard import`: exercises that were written for others."""

from __future__ import annotations

from pathlib import Path

import click

from backyard.commands.exercises import exercises_root
from grader.exercise import Difficulty
from grader.exercism import NotExercism, convert


@click.group("import")
def import_command() -> None:
    """Turn exercises that were written for others into ours."""


@import_command.command("exercism")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--track", default="exercism", show_default=True, help="The track that it goes into.")
@click.option(
    "--difficulty",
    type=click.Choice([str(level) for level in Difficulty]),
    default=str(Difficulty.EASY),
    show_default=True,
    help="How hard it is; Exercism keeps that elsewhere.",
)
def exercism_command(directory: Path, track: str, difficulty: str) -> None:
    """Import a practice exercise of Exercism's Python track from its DIRECTORY.

    Its tests import the learner's module, so they run in the learner's own process: such a verdict
    can be forged, and instructors are told.
    """
    slug = directory.resolve().name
    try:
        files = convert(slug, _read(directory), difficulty)
    except NotExercism as error:
        raise click.ClickException(
            f"{directory} is no practice exercise of Exercism's. {error}"
        ) from None
    folder = exercises_root() / track / slug
    if folder.exists():
        raise click.ClickException(f"{folder} is there already. Remove it, or choose --track.")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    click.echo(f"{folder} is made. Now run: backyard check {track}/{slug}")


def _read(directory: Path) -> dict[str, str]:
    """Return the texts below `directory`; what is no text is nothing that is imported."""
    texts = {}
    for path in directory.rglob("*"):
        if path.is_file() and not path.is_symlink():
            try:
                texts[path.relative_to(directory).as_posix()] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return texts
