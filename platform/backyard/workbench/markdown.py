"""Markdown to HTML that is safe to show: instructors write it, but nothing here trusts them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape
from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

TAGS: Final = {
    *("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "ul", "ol", "li", "a", "div"),
    *("strong", "em", "s", "code", "pre", "span", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "div": {"class"},
    "ol": {"start"},
    "span": {"class"},
}
CODE: Final = re.compile(r"`([^`]+)`")
SCHEMES: Final = {"http", "https", "mailto"}

_formatter: Final = HtmlFormatter(nowrap=True)


def highlight(code: str, language: str) -> Markup:
    """`code` as a block with Pygments' classes; plain where the language is unknown."""
    try:
        lexer = get_lexer_by_name(language or "text")
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    block = pygments_highlight(code, lexer, _formatter)
    return Markup(f'<div class="highlight"><pre><code>{block}</code></pre></div>')


def inline_code(text: str) -> Markup:
    """One line of plain text in which only `code` between backticks is marked up."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))


@lru_cache(maxsize=256)
def render(text: str) -> Markup:
    """Markdown (CommonMark with tables) as sanitised HTML.

    A first heading of the first level is left out, as the page has a title of its own; the other
    headings of that level go down to the second. Alignment of table cells is lost: it would need
    style attributes, which the content security policy forbids.
    """
    tokens = _markdown.parse(text)
    if [token.type for token in tokens[:1]] == ["heading_open"] and tokens[0].tag == "h1":
        tokens = tokens[3:]
    html = _markdown.renderer.render(_demoted(tokens), _markdown.options, {})
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES)
    return Markup(clean)


def _demoted(tokens: list[Token]) -> list[Token]:
    for token in tokens:
        if token.type.startswith("heading_") and token.tag == "h1":
            token.tag = "h2"
    return tokens


def _fence(self: object, tokens: list[Token], index: int, options: object, env: object) -> str:
    token = tokens[index]
    return highlight(token.content, token.info.strip().split(" ")[0])


_markdown: Final = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_markdown.add_render_rule("fence", _fence)
