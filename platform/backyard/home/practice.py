"""Days of practice: how often somebody was here, told without blame. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEK: Final = 7

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Practice:
    """The last seven days, oldest first, each with whether something was handed in on it; and for
    how many days in a row that has been so. Today may still come: without it the row goes on."""

    week: tuple[tuple[date, bool], ...]
    in_a_row: int

    @property
    def days(self) -> int:
        """Of the last seven, how many are days of practice."""
        return sum(was_here for _, was_here in self.week)

    @property
    def sentence(self) -> str:
        """What there is to say: what was done, and never what was not."""
        if self.in_a_row > 1:
            return f"{self.in_a_row} days of practice in a row."
        if self.days:
            return f"{self.days} day{'s' if self.days > 1 else ''} of practice this week."
        return "Whatever you hand in makes a day of practice. It need not pass."


def practice(days: Collection[date], today: date) -> Practice:
    """What the days on which somebody handed something in come to, seen from `today`."""
    week = [today - DAY * back for back in reversed(range(WEEK))]
    return Practice(tuple((day, day in days) for day in week), _in_a_row(days, today))


def _in_a_row(days: Collection[date], today: date) -> int:
    day = today if today in days else today - DAY
    count = 0
    while day in days:
        count, day = count + 1, day - DAY
    return count
