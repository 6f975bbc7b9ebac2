"""Reports on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    return _TEXTS[exchange["kind"]](exchange)


def _sql(exchange: Mapping[str, Any]) -> str:
    return f"{exchange['statement']}\n→ {exchange['error'] or exchange['row_count']}"


def _rows(exchange: Mapping[str, Any]) -> str:
    missing = [f"missing {row}" for row in exchange["missing"]]
    return "\n".join([*missing, *(f"too many {row}" for row in exchange["extra"])])


def _call(exchange: Mapping[str, Any]) -> str:
    return f"{exchange['call']}\n→ {exchange['error'] or exchange['result']}"


def _run(exchange: Mapping[str, Any]) -> str:
    ended = exchange["error"] or f"exit code {exchange['exit_code']}"
    said = f"{exchange['stdout']}\n{exchange['stderr']}".strip()
    return f"$ {exchange['command']}\n→ {ended}\n{said}".rstrip()


def _statements(exchange: Mapping[str, Any]) -> str:
    counted = [f"{times} times {' '.join(text.split())}" for text, times in exchange["statements"]]
    return "\n".join([f"{exchange['total']} statements, {exchange['most']} would do", *counted])


def _plan(exchange: Mapping[str, Any]) -> str:
    return f"{exchange['statement']}\n{exchange['plan']}"


def _http(exchange: Mapping[str, Any]) -> str:
    request, response = exchange["request"], exchange["response"]
    lines = [f"{request['method']} {request['url']} {request['body']}".rstrip()]
    if response is None:
        return "\n".join([*lines, f"→ {exchange['error']}"])
    return "\n".join([*lines, f"→ {response['status']} {response['body'].strip()}"])


def _comparison(exchange: Mapping[str, Any]) -> str:
    lines = [
        f"{place or 'it'}: expected {expected or 'nothing'}, got {got or 'nothing'}"
        for place, expected, got in exchange["differences"]
    ]
    return "\n".join(lines) or f"got {exchange['got']}"


_TEXTS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "http": _http,
    "sql": _sql,
    "rows": _rows,
    "call": _call,
    "run": _run,
    "statements": _statements,
    "plan": _plan,
    "comparison": _comparison,
}


def _print_indented(text: str) -> None:
    for line in text.splitlines():
        click.echo(f"    {line}")
