"""`backyard preview`."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from backyard import create_app
from backyard.accounts.services import register
from backyard.commands.engine import pool_for
from backyard.commands.exercises import exercise_folder
from backyard.config import PREFIX, Settings, load_settings
from backyard.preview import state
from backyard.preview.names import LEARNER, TARGET
from backyard.preview.proving import Proving
from backyard.serve import Household, listen
from backyard.setup import prepare
from backyard.worker.database import open_checked
from grader.gate import AT_ONCE
from sandbox.errors import SandboxError


@click.command("preview")
@click.argument("name", default=".", metavar="[EXERCISE]")
@click.option("--port", type=click.IntRange(1, 65535), default=8010, show_default=True)
def preview_command(name: str, port: int) -> None:
    """Show EXERCISE as learners see it, on this machine alone, and what the gate says.

    EXERCISE is `track/slug` or a folder; without it, the folder that you are in. The page loads
    anew when you save. Nothing is written to the exercise's folder, and what you hand in is
    forgotten when you stop (Ctrl-C).
    """
    folder = exercise_folder(name)
    with listen("127.0.0.1", port) as listener, _house(port) as settings:
        try:
            with pool_for(warm=AT_ONCE) as pool:
                stopping = threading.Event()
                tell = partial(state.write, settings.instance)
                proving = Proving(folder, pool, open_checked(settings.database), tell)
                thread = threading.Thread(target=proving.run, args=[stopping])
                click.echo(f"The preview is at http://127.0.0.1:{port}/preview (Ctrl-C stops it).")
                thread.start()
                try:
                    code = Household(listener, TARGET).run()
                finally:
                    stopping.set()
                    thread.join()
        except SandboxError as error:
            raise click.ClickException(str(error)) from None
    sys.exit(code)


@contextmanager
def _house(port: int) -> Iterator[Settings]:
    """Give the settings of a site of its own, with one learner, which is gone in the end."""
    with tempfile.TemporaryDirectory(prefix="backyard-preview-") as folder:
        exercises = Path(folder) / "exercises"
        exercises.mkdir()
        os.environ |= {
            f"{PREFIX}INSTANCE": folder,
            f"{PREFIX}DATABASE_URL": "",
            f"{PREFIX}EXERCISES_DIR": str(exercises),
            f"{PREFIX}PUBLIC_URL": f"http://127.0.0.1:{port}",
            f"{PREFIX}SUBMIT_RATE": "1000 per minute",
            f"{PREFIX}RUN_RATE": "1000 per minute",
        }
        settings = load_settings()
        prepare(settings, lambda _: None)
        with create_app(settings).app_context():
            register(LEARNER, "you@localhost", secrets.token_urlsafe(24))
        yield settings
