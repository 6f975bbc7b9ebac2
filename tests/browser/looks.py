"""How a page looks to a machine: whether it is whole, and what axe-core finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Page

from tests.browser.axe_table import TABLE, Finding

AXE: Final = (
    Path(__file__).parents[2] / "platform/backyard/frontend/node_modules/axe-core/axe.min.js"
)
GOOD_PRACTICE: Final = "best-practice"
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", GOOD_PRACTICE]
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

# The text in CodeMirror's scroller takes the keyboard's focus and scrolls it.
SCROLLS_BY_ITS_TEXT: Final = ("scrollable-region-focusable", ".cm-scroller")

AT_REST: Final = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    await Promise.allSettled(document.getAnimations().map(one => one.finished));
}"""
"""Waits until scripts and styles have followed what was changed."""


def overflow(page: Page) -> int:
    """How many pixels a page is wider than its window, or one of its panes than itself."""
    pixels: int = page.evaluate(
        """() => Math.max(
            document.documentElement.scrollWidth - innerWidth,
            ...[...document.querySelectorAll(".pane")].map(p => p.scrollWidth - p.clientWidth),
        )"""
    )
    return pixels


def accessibility_problems(page: Page, name: str = "") -> list[str]:
    """What axe-core finds in light and in dark: all against WCAG 2.2 AA, and what is serious
    against its own good practices. Milder things are noted as well, in the table under `name`,
    or else the page's title.
    """
    name = name or page.title().removesuffix(" · Backyard")
    problems = []
    for theme in THEMES:
        with _shown_in(page, theme):
            found = list(_findings(page))
        TABLE.note(name, theme, found)
        problems += [f"{name}, {theme}: {one}" for one in found if one.is_wcag or one.is_grave]
    return problems


@contextmanager
def _shown_in(page: Page, theme: Literal["light", "dark"]) -> Iterator[None]:
    """Show a page in one theme, at once: colours that still change have no contrast yet."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate(AT_REST)
    yield
    page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="no-preference")


def _findings(page: Page) -> Iterator[Finding]:
    for frame in page.frames:
        if not frame.evaluate("() => 'axe' in window"):
            frame.evaluate(AXE.read_text())
    violations: list[dict[str, Any]] = page.evaluate(
        "async rules => (await axe.run({runOnly: rules, resultTypes: ['violations']})).violations",
        RULES,
    )
    for rule in violations:
        wrong = [node for node in rule["nodes"] if not _is_editor(rule["id"], node)]
        if wrong:
            places = tuple(_place(node) for node in wrong)
            yield Finding(
                rule["id"],
                rule["impact"],
                places,
                wrong[0]["failureSummary"],
                is_wcag=GOOD_PRACTICE not in rule["tags"],
            )


def _place(node: dict[str, Any]) -> str:
    return " ".join(map(str, node["target"]))


def _is_editor(rule: str, node: dict[str, Any]) -> bool:
    known, place = SCROLLS_BY_ITS_TEXT
    return rule == known and place in _place(node)
