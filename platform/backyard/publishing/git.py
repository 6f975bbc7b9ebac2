"""Fetches a git repository's newest files, and runs nothing of what is in it."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from grader.text import clean

SECONDS: Final = 120.0
"""For a clone, which takes no history along."""

SIZE_LIMIT: Final = 100 * 1024 * 1024
"""Bytes of a clone, with all that git keeps beside the files."""

FILE_LIMIT: Final = 20_000

LOOK: Final = 0.1
"""Seconds between two looks at how large it has become."""

# Neither hooks nor filters (LFS is one) nor submodules nor links; nobody is asked for anything.
OPTIONS: Final = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.symlinks=false",
    "core.askPass=",
    "submodule.recurse=false",
    "filter.lfs.smudge=",
    "filter.lfs.process=",
    "filter.lfs.required=false",
)
SETTINGS: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LFS_SKIP_SMUDGE": "1",
    "GIT_SSH_COMMAND": "ssh -o BatchMode=yes",
}


class GitFailed(Exception):
    """A repository can't be had; the message says why, in git's words where there are any."""


@contextmanager
def cloned(address: str, ref: str = "") -> Iterator[tuple[Path, str]]:
    """Give a folder with the files of a repository (an address, or a path on this machine) and the
    commit's name, until the context ends. Raises GitFailed."""
    is_path = address.startswith("/")
    with tempfile.TemporaryDirectory(prefix="backyard-git-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        target = folder / "files"
        clone = ["clone", "--quiet", "--depth=1", "--no-tags", "--template="]
        branch = [f"--branch={ref}"] if ref else []
        where = f"file://{address}" if is_path else address
        _run(folder, is_path, *clone, *branch, "--", where, str(target))
        commit = _run(folder, is_path, "-C", str(target), "rev-parse", "HEAD")
        yield target, commit.strip()


def _run(folder: Path, with_files: bool, *arguments: str) -> str:
    """Run git and return what it printed. `folder` is watched, and holds its output."""
    options = [part for option in OPTIONS for part in ("-c", option)]
    said, complaints = folder / "said", folder / "complaints"
    try:
        with said.open("wb") as out, complaints.open("wb") as err:
            process = subprocess.Popen(
                ["git", *options, *arguments],
                env=_environment(with_files),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,  # no terminal to ask on, and one group to end
            )
    except FileNotFoundError:
        raise GitFailed("git is not installed on this machine. Install it.") from None
    try:
        code = _await(process, folder)
    finally:
        _end(process)
    if code != 0:
        raise GitFailed(_explained(complaints.read_text("utf-8", "replace")))
    return said.read_text("utf-8", "replace")


def _await(process: subprocess.Popen[bytes], folder: Path) -> int:
    end = time.monotonic() + SECONDS
    while True:
        try:
            code = process.wait(LOOK)
        except subprocess.TimeoutExpired:
            code = None
        _check_size(folder)
        if code is not None:
            return code
        if time.monotonic() > end:
            raise GitFailed(f"git took longer than {SECONDS:.0f} seconds.")


def _check_size(folder: Path) -> None:
    paths = [Path(place, name) for place, _, names in os.walk(folder) for name in names]
    if len(paths) > FILE_LIMIT or sum(map(_size, paths)) > SIZE_LIMIT:
        raise GitFailed(
            f"The repository is too large: {SIZE_LIMIT // 1024**2} MiB and {FILE_LIMIT:,} files "
            "are allowed. Put the exercises into one of their own."
        )


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:  # git has just removed it
        return 0


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git with its helpers, which are in its group."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _environment(with_files: bool) -> dict[str, str]:
    """Git's settings come from us; what the operator said of ssh and of certificates stays."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(("GIT_SSH", "GIT_SSL"))
    }
    protocols = "https:ssh:git:file" if with_files else "https:ssh:git"
    ours = {"GIT_ALLOW_PROTOCOL": protocols, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    return SETTINGS | kept | ours


def _explained(complaints: str) -> str:
    lines = [line for line in clean(complaints).splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal:", "remote:", "error:"))] or lines
    return f"git says: {' '.join(told[-4:])[-400:] or 'nothing'}"
