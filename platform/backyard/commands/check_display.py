"""What `backyard check` prints: a live table on a terminal, lines elsewhere, or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from textwrap import indent
from typing import Any, Protocol

import click

from backyard.commands.check_table import LiveTable, live
from backyard.commands.checked import Checked
from grader.gate import Progress


class Display(Progress, Protocol):
    """Is told how far the gate has come, and what came of each exercise."""

    def finished(self, checked: Checked) -> None:
        """One exercise is over."""


@contextmanager
def display_for(ids: Sequence[str], as_json: bool) -> Iterator[Display]:
    """Give the display that suits where the output goes; what it prints at last follows."""
    if as_json:
        found = AsJson()
        yield found
        click.echo(json.dumps(found.results, indent=2, ensure_ascii=False))
    elif sys.stdout.isatty():
        table = LiveTable(ids)
        with live(table):
            yield table
        for checked in table.to_be_told:
            print_checked(checked)
    else:
        yield Lines()


class Lines:
    """A line for each exercise, and below it what is wrong."""

    def planned(self, exercise_id: str, count: int) -> None:
        """Say nothing: what is under way would be lines without end."""

    def ran(self, exercise_id: str) -> None:
        """Say nothing."""

    def finished(self, checked: Checked) -> None:
        """Print it."""
        print_checked(checked)


class AsJson(Lines):
    """Keeps `results`, which are JSON-ready, until all is over."""

    def __init__(self) -> None:
        self.results: list[dict[str, Any]] = []

    def finished(self, checked: Checked) -> None:
        """Keep it."""
        self.results.append(checked.as_dict())


def print_checked(checked: Checked) -> None:
    """Print one exercise's line, and its problems below."""
    sign, colour = ("✓", "green") if checked.ok else ("✗", "red")
    click.secho(f"{sign} {checked.id} {checked.told}".rstrip(), fg=colour)
    for told in (*checked.problems, *checked.survivors):
        click.echo(indent(told, "    "))
