"""Markdown becomes HTML that is safe, whoever wrote it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from backyard.workbench.markdown import TAGS, highlight, render

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "![a](javascript:alert(1))",
    '[a](https://x "onmouseover=alert(1)")',
    "<a href='javascript:alert(1)'>a</a>",
    "<style>body{display:none}</style>",
    "<iframe src=https://evil.example></iframe>",
    "<form action=/logout method=post><button>x</button></form>",
    '```"><script>alert(1)</script>\nx\n```',
    "```python\n</code></pre><script>alert(1)</script>\n```",
    "<svg onload=alert(1)>",
    "<p style='position:fixed'>x</p>",
]


class Elements(HTMLParser):
    """What a browser makes of it: every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_it_runs_or_leads_astray(text: str) -> None:
    for tag, attributes in Elements(render(text)).found:
        assert tag in TAGS
        assert attributes.keys() <= {"class", "href", "rel", "start", "title"}
        assert (attributes.get("href") or "https://").startswith(("https://", "http://"))


def test_text_and_tables_and_links_stay() -> None:
    html = render(
        'Some *text*, `code`, ~~old~~ and [a link](https://example.org "its title").\n\n'
        "| a | b |\n|---|--:|\n| 1 | 2 |\n\n1. one\n2. two\n"
    )
    assert "<em>text</em>" in html
    assert "<code>code</code>" in html
    assert "<td>1</td>" in html
    assert 'href="https://example.org"' in html
    assert "noopener" in html
    assert "style=" not in html


def test_the_first_heading_is_the_pages_own_and_others_go_below_it() -> None:
    html = render("# The title\n\n# Another\n\n## Below")
    assert "The title" not in html
    assert "<h2>Another</h2>" in html
    assert "<h1" not in html


def test_code_is_coloured_by_classes_alone() -> None:
    html = render("```python\ndef a(): pass\n```")
    assert '<span class="k">def</span>' in html
    assert "style=" not in html


@pytest.mark.parametrize("language", ["", "no-such-language", "../../etc/passwd"])
def test_an_unknown_language_is_plain_text(language: str) -> None:
    assert "a &lt; b" in highlight("a < b", language)


def test_code_is_escaped() -> None:
    assert "<script>" not in highlight("'<script>'", "python")
