"""The table of what axe-core finds, page by page and theme by theme, as the tests come by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

IMPACTS: Final = ("critical", "serious", "moderate", "minor")
"""axe-core's own words, worst first."""

THEMES: Final = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a page breaks, how bad that is, the places where, and why at the first one."""

    rule: str
    impact: str
    places: tuple[str, ...]
    why: str
    is_wcag: bool

    @property
    def is_grave(self) -> bool:
        """Whether it keeps people out."""
        return self.impact in IMPACTS[:2]

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}) at {', '.join(self.places)}: {self.why}"


@dataclass
class AxeTable:
    """Counts places by page, theme and impact. A page seen again counts with what is worse."""

    _rows: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)

    def note(self, page: str, theme: str, found: Sequence[Finding]) -> None:
        """Take down what was found on a page."""
        count: Counter[str] = Counter()
        for finding in found:
            count[finding.impact] += len(finding.places)
        row = self._rows.setdefault(page, {one: Counter() for one in THEMES})
        row[theme] |= count

    def lines(self) -> Iterator[str]:
        """The table, ready to be printed; nothing where no page was looked at."""
        if not self._rows:
            return
        width = max(map(len, self._rows)) + 2
        yield " " * width + "".join(f"{theme:<40}" for theme in THEMES).rstrip()
        heads = "".join(f"{impact:<10}" for impact in IMPACTS)
        yield f"{'page':<{width}}" + (heads * len(THEMES)).rstrip()
        for page, row in self._rows.items():
            counts = (row[theme][impact] for theme in THEMES for impact in IMPACTS)
            yield f"{page:<{width}}" + "".join(f"{count:<10}" for count in counts).rstrip()


TABLE: Final = AxeTable()
"""Of this run of the tests."""
