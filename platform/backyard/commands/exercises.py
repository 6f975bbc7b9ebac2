"""Finding an exercise from what somebody typed."""

from __future__ import annotations

import os
from pathlib import Path

import click


def exercises_root() -> Path:
    """Return the folder of exercises: `BACKYARD_EXERCISES_DIR`, or `exercises` of this checkout."""
    checkout = Path(__file__).resolve().parents[3]
    return Path(os.environ.get("BACKYARD_EXERCISES_DIR", checkout / "exercises"))


def exercise_folder(name: str) -> Path:
    """Return the folder that `name` means: a path, or `track/slug` below the exercises' folder.

    Raises click.UsageError when there is none.
    """
    for folder in (Path(name), exercises_root() / name):
        if (folder / "exercise.toml").is_file():
            return folder
    raise click.UsageError(
        f"There is no exercise {name!r}: neither a folder with an exercise.toml, "
        f"nor one below {exercises_root()}."
    )
