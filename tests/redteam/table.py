"""Prints the red team's table: a plugin of pytest, for `make redteam`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest

SLOWEST: Final = 5
ATTACKS: Final = "test_it_fails_and_harms_nobody"
"""The test whose parameters are the attacks."""

_ROW: Final = "{:44} {:14} {:>7}"


@dataclass(frozen=True, slots=True)
class _Row:
    attack: str
    verdict: str
    seconds: float
    held: str


_rows: Final[list[_Row]] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep what each attack came to."""
    told = dict(report.user_properties)
    _, found, name = report.nodeid.removesuffix("]").partition(f"::{ATTACKS}[")
    if report.when == "call" and found:
        held = "" if report.passed else "  HOLE" if report.skipped else "  NOT HELD"
        verdict, seconds = told.get("verdict", "no verdict"), told.get("seconds", 0)
        _rows.append(_Row(name, str(verdict), float(str(seconds)), held))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table: attack, verdict, seconds; and what it comes to."""
    terminalreporter.section("red team")
    terminalreporter.write_line(_ROW.format("attack", "verdict", "seconds"))
    for row in _rows:
        terminalreporter.write_line(_line(row) + row.held)
    for line in _summary():
        terminalreporter.write_line(line)


def _line(row: _Row) -> str:
    return _ROW.format(row.attack, row.verdict, f"{row.seconds:.2f}")


def _summary() -> Iterator[str]:
    verdicts = Counter(row.verdict for row in _rows).most_common()
    counts = ", ".join(f"{count} {verdict}" for verdict, count in verdicts)
    yield f"\n{len(_rows)} attacks: {counts}"
    yield f"not held: {', '.join(row.attack for row in _rows if row.held) or 'none'}"
    yield "slowest:"
    yield from map(_line, sorted(_rows, key=lambda row: -row.seconds)[:SLOWEST])
