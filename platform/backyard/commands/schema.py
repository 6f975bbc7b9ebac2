"""`backyard schema`: what an exercise.toml may hold, as editors read it."""

from __future__ import annotations

import click

from grader.schema import schema_text


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of exercise.toml. `backyard new` writes it beside the tracks."""
    click.echo(schema_text(), nl=False)
