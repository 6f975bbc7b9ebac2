"""Usage errors with an exit code of their own."""

from __future__ import annotations

from typing import Final

import click

BAD_USE: Final = 64
"""EX_USAGE of sysexits.h."""


class BadUse(click.UsageError):
    """A usage error with the exit code that scripts know from sysexits.h."""

    exit_code = BAD_USE


class StrictCommand(click.Command):
    """Makes every usage error, click's own too, exit with 64."""

    def make_context(self, *args: object, **kwargs: object) -> click.Context:
        try:
            return super().make_context(*args, **kwargs)  # type: ignore[arg-type]  # passed on
        except click.UsageError as error:
            raise BadUse(error.format_message(), error.ctx) from None
