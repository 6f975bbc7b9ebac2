"""The `backyard` command. Each sub-command's module is imported only when it is called."""

from __future__ import annotations

import importlib
from typing import Final

import click

COMMANDS: Final = {
    "grade": "backyard.commands.grade:grade_command",
    "check": "backyard.commands.check:check_command",
    "preview": "backyard.commands.preview:preview_command",
    "import": "backyard.commands.importing:import_command",
    "sync": "backyard.commands.sync:sync_command",
    "new": "backyard.commands.new:new_command",
    "schema": "backyard.commands.schema:schema_command",
    "doctor": "backyard.commands.doctor:doctor_command",
    "setup": "backyard.setup:setup_command",
    "serve": "backyard.serve:serve_command",
    "worker": "backyard.worker:worker_command",
    "failures": "backyard.commands.failures:failures_command",
    "role": "backyard.commands.role:role_command",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name, so that `grade` never pays for the web's imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of `COMMANDS`, then those added in the ordinary way."""
        return [*COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command that `cmd_name` stands for; None where there is none."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Backyard: hands-on practice for backend developers."""
