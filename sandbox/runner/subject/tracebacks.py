"""Tracebacks that show the learner's files and leave out everybody else's."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

LONGEST: Final = 3000
"""Characters kept of a traceback: its end, which says most. The suite cuts longer ones."""


def trim_logged(directory: Path) -> None:
    """Make `logging`, by which Flask reports a failed request, write trimmed tracebacks."""

    def format_exception(_: logging.Formatter, ei: Any) -> str:
        return trimmed(ei[1], directory)

    # The learner's own process is patched, and no other; Flask's handler has no setting for it.
    logging.Formatter.formatException = format_exception  # type: ignore[method-assign,assignment]


def trimmed(error: BaseException, directory: Path) -> str:
    """Return `error`'s traceback with the frames in `directory` only, names relative to it."""
    whole = traceback.TracebackException.from_exception(error)
    for part in _parts(whole):
        mine = [frame for frame in part.stack if frame.filename.startswith(f"{directory}/")]
        part.stack = traceback.StackSummary.from_list(mine)
    return "".join(whole.format()).replace(f"{directory}/", "").strip()[-LONGEST:]


def _parts(whole: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    """Yield `whole`, its causes and what it groups. A chain may be longer than the stack."""
    waiting = [whole]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += filter(None, (part.__cause__, part.__context__, *(part.exceptions or ())))
