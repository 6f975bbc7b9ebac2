"""Which names the files of a submission may have. Pure: names in, sentences out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

_PART: Final = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_STARRED: Final = rf"(?:{_PART})?\*[A-Za-z0-9_.-]*"

FILE_NAME: Final = rf"{_PART}(?:/{_PART})*"
"""A path below the learner's folder: no `..`, nothing hidden, nothing that a shell takes for an
option. Browsers are given it too, so it is written as both Python and JavaScript read it."""

PATTERN: Final = rf"(?:{_PART}|{_STARRED})(?:/(?:{_PART}|{_STARRED}))*"
"""A name in which each part may have one `*`. With more of them a match could take its time."""

LONGEST: Final = 120
"""Characters that a name may have."""

MOST_FILES: Final = 20
"""Files that a submission may have."""

MOST_PATTERNS: Final = 8
"""Patterns that an exercise may have."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an exercise takes: its own `files`, all of them, and such as fit a pattern of `may_add`,
    in which `*` stands for characters of one folder's or file's name."""

    files: tuple[str, ...]
    may_add: tuple[str, ...] = ()

    def may_be_added(self, name: str) -> bool:
        """Whether learners may add a file of this name, looked at by itself."""
        return (
            name not in self.files
            and len(name) <= LONGEST
            and re.fullmatch(FILE_NAME, name) is not None
            and any(re.fullmatch(_expression(pattern), name) for pattern in self.may_add)
        )

    def takes(self, name: str) -> bool:
        """Whether it is one of the exercise's files, or may be added to them."""
        return name in self.files or self.may_be_added(name)

    def in_order(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The texts it takes, by name: its own files first, in its order, then those added."""
        own = [name for name in self.files if name in texts]
        added = [name for name in texts if self.may_be_added(name)]
        return {name: texts[name] for name in (*own, *added)}

    def refusal(self, names: Collection[str]) -> str | None:
        """Why files of these names can't be handed in, as a sentence for the learner; else None."""
        if len(names) > MOST_FILES:  # before anything else: there may be a hundred thousand
            return too_many(len(names))
        for name in names:
            if not self.takes(name):
                return self.not_taken(name)
        if missing := [name for name in self.files if name not in names]:
            return f"Missing: {', '.join(missing)}. Send every file of the exercise."
        # Two of the exercise's own are its author's to rename: the gate tells them.
        pairs = (pair for pair in combinations(names, 2) if not set(pair) <= set(self.files))
        return next((why for pair in pairs if (why := clash(*pair))), None)

    def not_taken(self, name: str) -> str:
        """What to say of a name that it does not take."""
        others = f", and more files that are named like {' or '.join(self.may_add)}"
        takes = f"It takes: {', '.join(self.files)}{others if self.may_add else ''}."
        return f"{name[:80]!a} is not a file of this exercise. {takes}"


def too_many(count: int) -> str:
    """What to say of more files than a submission may have."""
    return f"These are {count:,} files; at most {MOST_FILES} are allowed."


def _expression(pattern: str) -> str:
    return "[^/]*".join(map(re.escape, pattern.split("*")))


def clash(one: str, other: str) -> str | None:
    """Why two names can't stand side by side, on every system and for Python; else None."""
    if one.lower() == other.lower():
        return f"{one} and {other} differ in upper and lower case only. Rename one of them."
    for file, inside in ((one, other), (other, one)):
        if inside.lower().startswith(f"{file.lower()}/"):
            return f"{file} is a file, so {inside} can't be in a folder of its name. Rename one."
        if file.endswith(".py") and inside == f"{file[:-3]}/__init__.py":
            return f"Python would take {inside} in place of {file}. Rename one of them."
    for here, there in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if here != there:
            return _alike(one, other) if here.lower() == there.lower() else None
    return None


def _alike(one: str, other: str) -> str:
    what = f"{one} and {other} are in folders that differ in upper and lower case only."
    return f"{what} Rename one of them."
