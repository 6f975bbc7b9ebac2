"""A piece of SQL as sqlglot's tokens, and edits between them. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Final

import sqlglot
from sqlglot import TokenType

DIALECT: Final = "postgres"
_QUOTED: Final = {TokenType.STRING, TokenType.IDENTIFIER, TokenType.HEREDOC_STRING}


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters from `start` to before `end`, and what comes in their place."""

    start: int
    end: int
    text: str = ""

    def applied(self, text: str) -> str:
        """Return `text` with the edit made; a line of which nothing is left goes with it."""
        head, tail = text[: self.start], text[self.end :]
        if not self.text and re.search(r"(^|\n)[ \t]*\Z", head) and re.match(r"[ \t]*\n", tail):
            return head.rstrip(" \t") + tail.lstrip(" \t")[1:]
        return head + self.text + tail


class Tokens:
    """The tokens of `text`, by number. Raises sqlglot.errors.TokenError where it has none."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = sqlglot.tokenize(text, read=DIALECT)
        self.depths, self._closing = self._nesting()

    def __len__(self) -> int:
        return len(self._tokens)

    def word(self, number: int) -> str:
        """The token in capitals; empty for what is quoted and beyond the ends."""
        if not 0 <= number < len(self) or self.kind(number) in _QUOTED:
            return ""
        return str(self._tokens[number].text).upper()

    def literal(self, number: int) -> str:
        """The token as it is written, quotes and all."""
        return self._text[self._tokens[number].start : self._tokens[number].end + 1]

    def kind(self, number: int) -> TokenType:
        """sqlglot's type of the token."""
        return self._tokens[number].token_type

    def find(self, *words: str) -> Iterator[int]:
        """Yield where one of `words` stands."""
        return (number for number in range(len(self)) if self.word(number) in words)

    def closing(self, number: int) -> int:
        """Return where the bracket closes that `number` opens."""
        return self._closing.get(number, len(self) - 1)

    def until(self, number: int, stops: Container[str]) -> int:
        """Return the first token after `number` that is one of `stops` on its level, or that ends
        this level or the statement."""
        depth = self.depths[number]
        for later in range(number + 1, len(self)):
            ends = self.word(later) == ";" or self.depths[later] < depth
            if ends or (self.depths[later] == depth and self.word(later) in stops):
                return later
        return len(self)

    def cut(self, first: int, after: int, text: str = "") -> Edit:
        """Return the edit that puts `text` in the place of the tokens from `first` to before
        `after`; where that is nothing, the space before them goes too."""
        start, end = self._tokens[first].start, self._tokens[after - 1].end + 1
        if not text:
            begins = len(self._text[:start].rstrip(" "))
            if self._text[begins - 1 : begins] in ("(", "\n", ""):
                end += len(self._text[end:]) - len(self._text[end:].lstrip(" "))
            else:
                start = begins
        return Edit(start, end, text)

    def after(self, number: int, text: str) -> Edit:
        """Return the edit that puts `text` behind the token."""
        end = self._tokens[number].end + 1
        return Edit(end, end, text)

    def _nesting(self) -> tuple[list[int], dict[int, int]]:
        """How many brackets stand open at each token, a bracket itself not counted, and pairs."""
        depths, opened, closing = [], list[int](), dict[int, int]()
        for number in range(len(self)):
            if self.word(number) == ")" and opened:
                closing[opened.pop()] = number
            depths.append(len(opened))
            if self.word(number) == "(":
                opened.append(number)
        return depths, closing
