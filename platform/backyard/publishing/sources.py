"""Where exercises are published from: the site's own folder, another folder, a git repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from backyard.catalog.models import SITE
from backyard.publishing.git import cloned
from grader.loading import exercise_folders

REMOTE: Final = ("https", "ssh", "git")
"""Protocols of repositories elsewhere. `ext` and the like would run programs."""

SHORT_SSH: Final = r"[A-Za-z0-9_][\w.-]*@[A-Za-z0-9][\w.-]*:[^\s:][^\s]*"
"""git@example.org:team/exercises.git"""


class UnusableSource(Exception):
    """Nothing can be published from there; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """`address` is `SITE`, a folder's path, or a repository's address; `ref` names a branch or tag
    of a repository, its own choice where it is empty."""

    address: str = SITE
    ref: str = ""
    is_git: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A source that can be read: `root` holds `<track>/<slug>/`, `commit` is git's or empty."""

    root: Path
    commit: str = ""


def remote(typed: str, ref: str = "") -> Source:
    """Return the repository at an address that somebody typed. Raises UnusableSource.

    Only addresses on a network: whoever types one on a page must not name this machine's files.
    """
    if not re.fullmatch(SHORT_SSH, typed):
        _check_url(typed)
    if ref and not re.fullmatch(r"[\w][\w./-]*", ref):
        raise UnusableSource(f"{ref!r} can't be the name of a branch or a tag.")
    return Source(typed.rstrip("/"), ref, is_git=True)


def local_or_remote(typed: str, ref: str, site_folder: Path) -> Source:
    """Return the source that an argument of the command line means. Raises UnusableSource."""
    path = Path(typed)
    if not path.is_dir():
        return remote(typed, ref)
    if not ref and path.resolve() == site_folder.resolve():
        return Source()
    is_git = (path / ".git").exists() or (path / "objects").is_dir()
    if ref and not is_git:
        raise UnusableSource(f"{path.resolve()} is no git repository, so it has no {ref!r}.")
    return Source(str(path.resolve()), ref, is_git)


@contextmanager
def opened(source: Source, site_folder: Path) -> Iterator[Opened]:
    """Give the source's folder for as long as the context is open.

    Raises UnusableSource, and backyard.publishing.git.GitFailed.
    """
    if source.is_git:
        with cloned(source.address, source.ref) as (folder, commit):
            yield Opened(_root_in(folder, source.address), commit)
    elif source.address == SITE:
        yield Opened(_root_in(site_folder, "The site's folder"))
    else:
        yield Opened(_root_in(Path(source.address), source.address))


def _root_in(folder: Path, address: str) -> Path:
    """The folder itself, or its `exercises`. An empty one is a mistake: all would be retired."""
    for root in (folder, folder / "exercises"):
        if exercise_folders(root):
            return root
    raise UnusableSource(
        f"{address} holds no exercise: there is no <track>/<slug>/exercise.toml, neither in it "
        "nor in its folder `exercises`."
    )


def _check_url(typed: str) -> None:
    try:
        parts = urlsplit(typed)
        host, user, password = parts.hostname, parts.username, parts.password
    except ValueError:
        raise UnusableSource(f"{typed!r} can't be read as an address.") from None
    if parts.scheme not in REMOTE or not host or re.search(r"\s", typed):
        raise UnusableSource(
            f"{typed!r} is neither a folder here nor the address of a git repository elsewhere, "
            "such as https://…, ssh://… or git@host:path."
        )
    if password is not None or (user is not None and parts.scheme != "ssh"):
        raise UnusableSource(
            "Leave names and passwords out of the address: everybody who teaches can read it. "
            "Give the worker an ssh key, or git a credential helper."
        )
