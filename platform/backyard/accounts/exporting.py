"""All that the site holds of a user, as a ZIP file. Each feature adds what is its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Flask, current_app

from backyard.accounts.models import User
from backyard.db import utcnow

IN_MEMORY: Final = 4 * 1024 * 1024
"""Bytes of an archive that are kept in memory; what is larger goes to a file."""

README: Final = """These are the data that Backyard holds of {username}, as of {now}.

account.json       your account and settings; your password is kept as a hash only, and not in here
progress.json      your best result of each exercise
cohorts.json       the cohorts that you joined or made
submissions/       a folder for each submission, and for the last run of an exercise: the files
                   as you sent them, and submission.json with the verdict and the tests' results
drafts/            what stands in the editor, where that was not handed in
hints.json         the hints that you opened
portfolio.json     whether your portfolio is public, and what it shows
shared-solutions.json  the submissions that you share with those who have passed
tryout.json        what you tried last

Parts that are not there hold nothing of yours. Times are in UTC.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive: its path, with slashes and below the archive's folder; its text."""

    path: str
    text: str


Exporter = Callable[[User], Iterable[Entry]]
"""What a feature holds of a user. Entries are read one by one, so they may be made so."""


def as_json(data: object) -> str:
    """`data` as people can read it; times are written as ISO 8601 has it."""
    return json.dumps(data, indent=2, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not for export")


def init_exporting(app: Flask, exporters: Sequence[Exporter]) -> None:
    """Name everything that an archive is made of, in the order in which it is to be read."""
    app.extensions["backyard.exporters"] = exporters


def archive(user: User) -> IO[bytes]:
    """The ZIP file, opened at its beginning. Whoever asked closes it."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - it outlives this
    with ZipFile(file, "w", ZIP_DEFLATED) as target:
        for entry in _entries(user):
            target.writestr(f"backyard-{user.username}/{entry.path}", entry.text)
    file.seek(0)
    return file


def _entries(user: User) -> Iterable[Entry]:
    exporters: Sequence[Exporter] = current_app.extensions["backyard.exporters"]
    now = utcnow().isoformat(timespec="seconds")
    yield Entry("README.txt", README.format(username=user.username, now=now))
    for exporter in exporters:
        yield from exporter(user)


def export_account(user: User) -> Iterable[Entry]:
    """The account itself, without what logs in to it."""
    kept = (
        *("username", "email", "email_verified_at", "role", "created_at"),
        *("theme", "editor_size", "tab_key", "editor_keys"),
    )
    yield Entry("account.json", as_json({name: getattr(user, name) for name in kept}))
