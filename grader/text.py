"""Making text from a sandbox safe to store, print and read. Pure.

What a learner's program says may hold escape sequences for the reader's terminal, marks that
reorder what is shown (CVE-2021-42574), text that is not seen, NULs that databases refuse, and
halves of characters.
"""

from __future__ import annotations

import re
from typing import Any, Final

_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """Return `text` with its unsafe characters spelled out, such as `\\x1b`."""
    return _UNSAFE.sub(_spell, text.replace("\r\n", "\n"))


def clean_all(value: Any) -> Any:
    """Return JSON-like `value` with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_all(item) for item in value]
    if isinstance(value, dict):
        return {clean(str(key)): clean_all(item) for key, item in value.items()}
    return value


def _spell(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
