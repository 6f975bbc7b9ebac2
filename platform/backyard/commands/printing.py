"""Reports on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import click

from grader.verdict import Outcome, Report, TestResult, Verdict

SIGNS: Final = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.FAILED: ("✗", "red"),
    Outcome.ERROR: ("!", "red"),
    Outcome.SKIPPED: ("-", "yellow"),
    Outcome.NOT_RUN: ("·", "yellow"),
}


def print_test(result: TestResult) -> None:
    """Print one test's line, and below a failed one what happened."""
    sign, colour = SIGNS[result.outcome]
    click.secho(f"{sign} {result.title or result.id}", fg=colour, nl=False)
    click.secho(f"  {result.seconds:.3f} s", dim=True)
    if result.outcome in (Outcome.FAILED, Outcome.ERROR):
        _print_indented(result.message)
        for exchange in result.exchanges[-3:]:
            _print_indented(exchange_text(exchange))
        if result.output.strip():
            _print_indented(f"printed: {result.output.strip()}")


def print_report(report: Report) -> None:
    """Print what all tests come to; the tests themselves were printed as they ended."""
    if report.message:
        click.echo(report.message)
    click.secho(
        f"{report.verdict}: {report.points} of {report.max_points} points ({report.score} %)",
        bold=True,
        fg="green" if report.verdict is Verdict.PASSED else "red",
    )
    click.echo(", ".join(f"{name} {seconds:.3f} s" for name, seconds in report.phases.items()))


def exchange_text(exchange: Mapping[str, Any]) -> str:
    """Return one exchange as text of a few lines."""
    if exchange["kind"] == "http":
        return _http(exchange)
    if exchange["kind"] == "sql":
        return f"{exchange['statement']}\n→ {exchange['error'] or exchange['row_count']}"
    missing = [f"missing {row}" for row in exchange["missing"]]
    return "\n".join([*missing, *(f"too many {row}" for row in exchange["extra"])])


def _http(exchange: Mapping[str, Any]) -> str:
    request, response = exchange["request"], exchange["response"]
    lines = [f"{request['method']} {request['url']} {request['body']}".rstrip()]
    if response is None:
        return "\n".join([*lines, f"→ {exchange['error']}"])
    return "\n".join([*lines, f"→ {response['status']} {response['body'].strip()}"])


def _print_indented(text: str) -> None:
    for line in text.splitlines():
        click.echo(f"    {line}")
