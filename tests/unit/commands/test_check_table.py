"""The live table of `backyard check`."""

from __future__ import annotations

from rich.console import Console

from backyard.commands.check_table import LiveTable
from backyard.commands.checked import Checked


def drawn(table: LiveTable) -> str:
    console = Console(width=100, force_terminal=False)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def test_it_shows_how_far_each_exercise_has_come() -> None:
    table = LiveTable(["flask/books", "sql/shop"])
    table.planned("flask/books", 3)
    table.planned("flask/books", 38)
    table.ran("flask/books")
    books, shop = drawn(table).splitlines()[1:]
    assert "flask/books" in books
    assert "1/41" in books
    assert "…" in shop


def test_it_shows_what_came_of_each() -> None:
    table = LiveTable(["flask/books", "sql/shop", "sql/more"])
    table.finished(Checked("sql/shop", ("README.md: This.", "starter/: That."), 5))
    table.finished(Checked("flask/books", (), 22, 93.5))
    books, shop, _ = drawn(table).splitlines()[1:]
    assert "✓ 22 tests, mutants 93.5 %" in books
    assert "✗ 2 problems" in shop
    assert [checked.id for checked in table.to_be_told] == ["sql/shop"]
