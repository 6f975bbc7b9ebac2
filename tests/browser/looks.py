"""How a page looks to a machine: whether it is whole, and what axe-core finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

AXE: Final = (
    Path(__file__).parents[2] / "platform/backyard/frontend/node_modules/axe-core/axe.min.js"
)
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def overflow(page: Page) -> int:
    """How many pixels a page is wider than its window, or one of its panes than itself."""
    pixels: int = page.evaluate(
        """() => Math.max(
            document.documentElement.scrollWidth - innerWidth,
            ...[...document.querySelectorAll(".pane")].map(p => p.scrollWidth - p.clientWidth),
        )"""
    )
    return pixels


def accessibility_problems(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA: the rule and the places."""
    page.evaluate(AXE.read_text())
    # CodeMirror's scroller is left out: the text in it takes the keyboard's focus and scrolls it.
    found: list[dict[str, Any]] = page.evaluate(
        "async rules => (await axe.run({exclude: ['.cm-scroller']}, {runOnly: rules})).violations",
        RULES,
    )
    return [f"{rule['id']} at {[node['target'] for node in rule['nodes']]}" for rule in found]
