"""What a failed test shows, best first: its words, the difference, what was exchanged."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Exchange = Mapping[str, Any]

ANSWERED: Final = re.compile(r"\bmust answer (\d{3})\b[^\n]{0,200}\banswered (\d{3})\b")
"""How suites' helpers say which status was expected, and which came (docs/authoring.md)."""

COMPARED: Final = re.compile(r"^assert (\d{3}) == (\d{3})$", re.MULTILINE)
"""How pytest says it: what came is on the left."""

CONSTRAINT: Final = re.compile(r'constraint "([^"\n]{1,200})"|; constraint ([^;\n]{1,200})')
LONG_LINES: Final = 14
LONG_TEXT: Final = 900
"""From so many lines or characters on a text is folded."""

SHOWN_LINES: Final = 8
SHOWN_TEXT: Final = 600
"""What is in sight of a text that is folded."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A test that did not pass. `words` say what is wrong, `rest` is what the message goes on with;
    `main` is the exchange that it failed at, `before` are those before it."""

    words: str
    rest: str
    comparison: Exchange | None
    main: Exchange | None
    before: Sequence[Exchange]
    expected_status: int | None


def feedback(message: str, exchanges: Sequence[Exchange]) -> Feedback:
    """Sort out what a failed test left."""
    compared = exchanges[-1] if exchanges and exchanges[-1].get("kind") == "comparison" else None
    others = [one for one in exchanges if one.get("kind") != "comparison"]
    main = others[-1] if others else None
    words, rest = _parted(message, is_told=bool(compared or (main and main["kind"] == "rows")))
    status = expected_status(message, main) if main else None
    return Feedback(
        words=words,
        rest=rest,
        comparison=None if _is_status(compared, status) else compared,
        main=main,
        before=others[:-1],
        expected_status=status,
    )


def expected_status(message: str, exchange: Exchange) -> int | None:
    """The HTTP status that the message expects in place of the answer's; None where it names none.

    It comes from what the learner reads anyhow, so nothing is told of a hidden test besides.
    """
    response = exchange.get("response") if exchange.get("kind") == "http" else None
    if not response:
        return None
    got = response["status"]
    if (match := ANSWERED.search(message)) and int(match[2]) == got != int(match[1]):
        return int(match[1])
    if (match := COMPARED.search(message)) and int(match[1]) == got:
        return int(match[2])
    return None


def _parted(message: str, *, is_told: bool) -> tuple[str, str]:
    """A message's words, and pytest's `assert …` behind them, where the page tells it better."""
    words, sign, rest = message.partition("\nassert ")
    return (words, f"assert {rest}") if sign and is_told else (message, "")


def _is_status(compared: Exchange | None, status: int | None) -> bool:
    return bool(compared and status and compared["expected"] == str(status))


def constraint_of(error: str) -> str:
    """The name of the constraint that PostgreSQL's error names, or ""."""
    match = CONSTRAINT.search(error)
    return (match[1] or match[2]).strip() if match else ""


def is_long(text: str) -> bool:
    """Whether a text is folded, with its first part in sight."""
    return len(text) > LONG_TEXT or text.count("\n") >= LONG_LINES


def start_of(text: str) -> str:
    """The part of a long text that is in sight."""
    return "\n".join(text[:SHOWN_TEXT].split("\n")[:SHOWN_LINES])


def marked(body: str, compared: Exchange | None) -> list[tuple[str, bool]]:
    """The lines of a JSON object as `pretty` writes it, and whether their key is one that differs;
    nothing where no line is. Only keys of the object itself are looked for."""
    places = [place for place, _, got in (compared or {}).get("differences", ()) if got is not None]
    keys = {re.split(r"[.\[]", place, maxsplit=1)[0] for place in places} - {""}
    starts = tuple(f"  {json.dumps(key, ensure_ascii=False)}:" for key in keys)
    lines = [(line, bool(starts) and line.startswith(starts)) for line in body.split("\n")]
    return lines if any(is_marked for _, is_marked in lines) else []


def pretty(body: str, headers: Sequence[Sequence[str]]) -> str:
    """A JSON body with a line for each key; any other as it came, and so one that is cut short."""
    types = [value for name, value in headers if name.lower() == "content-type"]
    if not types or "json" not in types[0]:
        return body
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body
