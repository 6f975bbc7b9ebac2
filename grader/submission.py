"""What a learner may hand in. Pure: takes names and bytes, returns texts or says what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from grader.names import MOST_FILES, Wanted, too_many

FILE_LIMIT: Final = 256 * 1024
"""Bytes that one file may have."""

TOTAL_LIMIT: Final = 1024 * 1024
"""Bytes that all files together may have."""


class InvalidSubmission(ValueError):
    """The files can't be graded. The message is for the learner; sending them again won't help."""


def check_files(wanted: Wanted, files: Iterable[tuple[str, bytes]]) -> Mapping[str, str]:
    """Return the submitted texts by name, with LF line ends and without a byte order mark, which
    Windows' editors write and PostgreSQL takes for a word. The exercise's own files come first, in
    its order, then those that were added, in theirs.

    Raises InvalidSubmission with a sentence for the learner.
    """
    sent = tuple(files)
    if len(sent) > MOST_FILES:
        raise InvalidSubmission(too_many(len(sent)))
    texts: dict[str, str] = {}
    total = 0
    for name, data in sent:
        if not wanted.takes(name):
            raise InvalidSubmission(wanted.not_taken(name))
        if name in texts:
            raise InvalidSubmission(f"The file {name} was sent twice. Send each file once.")
        total += len(data)
        texts[name] = _decode(name, data)
    if total > TOTAL_LIMIT:
        raise InvalidSubmission(
            f"The files have {total:,} bytes together; at most {TOTAL_LIMIT:,} are allowed."
        )
    if refusal := wanted.refusal(texts):
        raise InvalidSubmission(refusal)
    return wanted.in_order(texts)


def _decode(name: str, data: bytes) -> str:
    if len(data) > FILE_LIMIT:
        raise InvalidSubmission(
            f"{name} has {len(data):,} bytes; at most {FILE_LIMIT:,} are allowed."
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidSubmission(
            f"{name} is not UTF-8 text (byte {error.start}). Save it as UTF-8 and send it again."
        ) from None
    if "\x00" in text:
        raise InvalidSubmission(f"{name} holds a NUL character. Send it as plain text.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
