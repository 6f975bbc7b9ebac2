"""Join codes: short enough to read out in class, too many to guess."""

from __future__ import annotations

import secrets
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and letters without 0, O, 1, I and L, which look alike."""

LENGTH: Final = 8
"""31 ** 8 is 8.5e11: at ten tries a minute, 160,000 years to try them all."""


def new_code() -> str:
    """A fresh code of `LENGTH` characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalise(typed: str) -> str:
    """What somebody typed, as a code: upper case, without spaces and hyphens."""
    return "".join(char for char in typed.upper() if char not in " -\u2013\t")


def pretty(code: str) -> str:
    """The code as people read it: `ABCD-EFGH`."""
    half = LENGTH // 2
    return f"{code[:half]}-{code[half:]}"
