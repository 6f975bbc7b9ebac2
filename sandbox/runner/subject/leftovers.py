"""Removing what the subjects of earlier tests have left, as the learner that they were."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

FOLDERS: Final = (Path("/learner"), Path("/tmp"), Path("/dev/shm"))

_REMOVING: Final = (["/bin/chmod", "-R", "u+rwX"], ["/bin/rm", "-rf"])


def remove_leftovers() -> None:
    """Empty the learner's folders.

    Nothing else is left: their processes were ended, they can't make System V objects (`syscalls`),
    and their limit for POSIX message queues is zero.
    """
    for folder in FOLDERS:
        _empty(folder)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            _remove(path)
        else:
            with suppress(OSError):  # PostgreSQL's shared memory is not theirs
                path.unlink()


def _remove(folder: Path) -> None:
    """Remove a tree. What Python can't, the system's programs can: they need no descriptor for each
    level, and give folders their rights back before they enter."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        for command in _REMOVING:
            subprocess.run([*command, "--", folder], stderr=subprocess.DEVNULL, check=False)
