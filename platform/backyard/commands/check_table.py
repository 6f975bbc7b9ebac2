"""The live table of `backyard check`: one row for each exercise, while its runs are made."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from backyard.commands.checked import Checked


class LiveTable:
    """What is known of each exercise. Threads may tell it at once; rich asks it to be drawn."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids
        self._lock = threading.Lock()
        self._planned = dict.fromkeys(ids, 0)
        self._ran = dict.fromkeys(ids, 0)
        self._checked: dict[str, Checked] = {}

    @property
    def to_be_told(self) -> list[Checked]:
        """What there is more to say of than a row holds, in the table's order."""
        found = [self._checked[name] for name in self._ids if name in self._checked]
        return [checked for checked in found if checked.problems or checked.survivors]

    def planned(self, exercise_id: str, count: int) -> None:
        """Count runs that are to be made."""
        with self._lock:
            self._planned[exercise_id] += count

    def ran(self, exercise_id: str) -> None:
        """Count a run."""
        with self._lock:
            self._ran[exercise_id] += 1

    def finished(self, checked: Checked) -> None:
        """Show what came of it."""
        with self._lock:
            self._checked[checked.id] = checked

    def __rich__(self) -> Table:
        table = Table("exercise", "runs", "", "result", box=None, pad_edge=False)
        with self._lock:
            for name in self._ids:
                ran, planned = self._ran[name], self._planned[name]
                bar = ProgressBar(total=max(planned, 1), completed=ran, width=20)
                runs = Text(f"{ran}/{planned}" if planned else "", justify="right")
                table.add_row(name, runs, bar, _result(self._checked.get(name)))
        return table


@contextmanager
def live(table: LiveTable) -> Iterator[None]:
    """Draw `table` anew several times a second, and once more at the end."""
    with Live(get_renderable=table.__rich__, refresh_per_second=5):
        yield


def _result(checked: Checked | None) -> Text:
    if checked is None:
        return Text("…", style="dim")
    if checked.ok:
        return Text(f"✓ {checked.told}", style="green")
    count = len(checked.problems)
    return Text(f"✗ {count} problem{'s' * (count > 1)}", style="red")
