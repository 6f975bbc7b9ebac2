"""Rules on the pages that learners read: the statement and the hints. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from grader.exercise import Exercise
from grader.gate.code import NotCode, check_code
from grader.gate.problem import Problem
from grader.gate.views import STATEMENT, pages, starter

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
_UNDEFINED: Final = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
_ELSEWHERE: Final = {"http", "https", "mailto"}


def has_a_heading(exercise: Exercise) -> Iterator[Problem]:
    """The statement begins with its title."""
    if not exercise.statement.lstrip().startswith("# "):
        what = "The statement does not begin with a heading."
        yield Problem(STATEMENT, what, "Begin with `# ` and the title.", 1)


def shows_code_that_parses(exercise: Exercise) -> Iterator[Problem]:
    """Code in a fence is code in the language that the fence names."""
    for file, text in pages(exercise).items():
        for token in _MARKDOWN.parse(text):
            if token.type == "fence" and token.info.strip():
                yield from _code(file, token)


def links_lead_somewhere(exercise: Exercise) -> Iterator[Problem]:
    """A link leads to another site, to a heading, or to a file that learners have."""
    for file, text in pages(exercise).items():
        anchors = {_anchor(token.content) for token in _headings(text)}
        for line, target in _links(text):
            if not _leads(target, anchors, exercise):
                what = f"The link to `{target}` leads nowhere: learners see no such page."
                yield Problem(file, what, "Mend it, or write the name without a link.", line)
        for line, said in _undefined(text):
            what = f"`{said}` is written as a link, but nothing says where it leads."
            yield Problem(file, what, "Give its address, or take the brackets out.", line)


def _code(file: str, token: Token) -> Iterator[Problem]:
    language = token.info.split()[0]
    try:
        check_code(language, token.content)
    except NotCode as error:
        first = (token.map or [0])[0] + 1
        what = f"This {language} does not parse: {error}."
        todo = "Mend it, or call it `text` if it is none."
        yield Problem(file, what, todo, first + (error.line or 0))


def _headings(text: str) -> Iterator[Token]:
    tokens = _MARKDOWN.parse(text)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            yield inline


def _anchor(heading: str) -> str:
    """The name by which a heading is linked to, as GitHub forms it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def _links(text: str) -> Iterator[tuple[int, str]]:
    for line, token in _inline(text):
        target = token.attrGet("href") if token.type == "link_open" else token.attrGet("src")
        if target is not None:
            yield line, str(target)


def _undefined(text: str) -> Iterator[tuple[int, str]]:
    for line, token in _inline(text):
        if token.type == "text" and (found := _UNDEFINED.search(token.content)):
            yield line, found[0]


def _inline(text: str) -> Iterator[tuple[int, Token]]:
    """Yield what stands within paragraphs, headings and cells, each with its line."""
    for block in _MARKDOWN.parse(text):
        line = (block.map or [0])[0] + 1
        for token in block.children or ():
            yield line, token
            line += token.type in ("softbreak", "hardbreak")


def _leads(target: str, anchors: set[str], exercise: Exercise) -> bool:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return parts.scheme in _ELSEWHERE and bool(parts.netloc or parts.path)
    if not parts.path:
        return parts.fragment in anchors
    return unquote(parts.path).removeprefix("./") in {*pages(exercise), *starter(exercise)}


RULES: Final[tuple[Callable[[Exercise], Iterator[Problem]], ...]] = (
    has_a_heading,
    shows_code_that_parses,
    links_lead_somewhere,
)
