"""A submission's files as a portfolio shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from markupsafe import Markup

from backyard.workbench.markdown import highlight
from backyard.workbench.services import LANGUAGES

LONGEST: Final = 30_000
"""Characters of a file that is highlighted; a longer one takes too long, and is plain."""


def shown_files(files: Mapping[str, str]) -> Iterator[tuple[str, Markup]]:
    """Names and highlighted texts."""
    for name, text in files.items():
        if len(text) > LONGEST:
            yield name, highlight(text, "text")
        else:
            yield name, _highlighted(text, LANGUAGES.get(PurePosixPath(name).suffix, "text"))


_highlighted: Final = lru_cache(maxsize=128)(highlight)
