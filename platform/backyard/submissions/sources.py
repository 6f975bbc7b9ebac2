"""Links from a traceback's lines into the editor. All that is linked is hostile text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from flask import url_for
from markupsafe import Markup, escape

from backyard.catalog.models import ExerciseRow

LINKS: Final = 100
"""Links made in one text; the lines behind them stay plain."""

ONLY_LINE: Final = re.compile(r"refused your query at line (\d{1,6})\b")
"""What a test says of a statement that PostgreSQL stops in; only one file can be meant."""


@dataclass(frozen=True)
class Sources:
    """The names of an exercise's files and of those added to them, and the path of its page; ""
    where it has none now.

    `solutions` is the path of its solutions, and `home` that of what is next, "" where the reader
    is not who handed in. The first `own` names are the exercise's own, all where it is None. All
    are known beforehand: what streams is rendered outside a request.
    """

    names: Sequence[str]
    page: str
    solutions: str = ""
    home: str = ""
    own: int | None = None

    def link(self, text: str) -> Markup:
        """`text` escaped, in which a line of one of the files is a link to it in the editor."""
        return Markup("").join(self._pieces(text))

    def at(self, name: str, line: int | str) -> str:
        """The address of a line, such as `/exercises/a/b#file=app.py&line=12`."""
        return f"{self.page}#{urlencode({'file': name, 'line': line})}"

    def _pieces(self, text: str) -> Iterator[Markup]:
        done = 0
        for number, match in enumerate(self._places.finditer(text) if self.page else ()):
            if number == LINKS:
                break
            name, line = self._place(match)
            yield escape(text[done : match.start()])
            yield Markup('<a class="source-link" href="{}">{}</a>').format(
                self.at(name, line), match[0]
            )
            done = match.end()
        yield escape(text[done:])

    def _place(self, match: re.Match[str]) -> tuple[str, str]:
        found = [group for group in match.groups() if group]
        return (found[0], found[1]) if len(found) > 1 else (self.names[0], found[0])

    @cached_property
    def _places(self) -> re.Pattern[str]:
        """`File "app.py", line 12`, as Python writes it, and `app.py:12`, as others do."""
        longest_first = sorted(self.names, key=len, reverse=True)
        names = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
        ways = [rf'File "(?:\./)?({names})", line (\d{{1,6}})\b']
        ways.append(rf"(?<![\w./\\-])({names}):(\d{{1,6}})\b")
        if self.own == 1 or len(self.names) == 1:
            ways.append(ONLY_LINE.pattern)
        return re.compile("|".join(ways))


def sources_of(exercise: ExerciseRow, submitted: Iterable[str] = (), *, mine: bool) -> Sources:
    """The sources of an exercise, with what was added to them of the files that were `submitted`.
    The page is left out where learners have none. In a request."""
    added = filter(exercise.wanted.may_be_added, submitted)
    names, own = (*exercise.files, *added), len(exercise.files)
    if not exercise.is_open:
        return Sources(names, "", own=own)
    track, slug = exercise.track, exercise.slug
    page = url_for("workbench.exercise", track=track, slug=slug)
    if not mine:
        return Sources(names, page, own=own)
    solutions = url_for("solutions.index", track=track, slug=slug)
    return Sources(names, page, solutions, url_for("home.index"), own)


@dataclass(frozen=True, slots=True)
class SyntaxTrouble:
    """Where a program can't be read: `error` is such as `SyntaxError: invalid syntax`."""

    name: str
    line: int
    code: str
    error: str


SYNTAX: Final = re.compile(
    r'File "(?P<name>[^"\n]{1,300})", line (?P<line>\d{1,6})\n'
    r" {4}(?P<code>[^\n]*)\n"
    r"(?:[ ^~]*\n)?"
    r"(?P<error>(?:SyntaxError|IndentationError|TabError): [^\n]*)"
)


def syntax_trouble(message: str) -> SyntaxTrouble | None:
    """What Python said last about a file that it can't read; None where it said no such thing."""
    found = list(SYNTAX.finditer(message))
    if not found:
        return None
    match = found[-1]
    code = match["code"].strip()
    return SyntaxTrouble(match["name"], int(match["line"]), code, match["error"])
