"""The tests' files and their bytecode, which takes longer to make than many a test to run.

It is made once, in a sandbox that holds nothing of any learner's, and comes with the tests from
then on. Python and pytest take it where a file's size and time are those of the source.
"""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from sandbox.runner.suite.reporting import Reporter

MOMENT: Final = 1_000_000_000
"""The time, in seconds of the epoch, that all files of tests bear."""


def unpack(files: Mapping[str, str], bytecode: Mapping[str, str], directory: Path) -> None:
    """Write the files, texts by name, and the bytecode, Base64 by name, below `directory`."""
    for name, text in files.items():
        path = _parent_made(directory / name)
        path.write_text(text, encoding="utf-8", newline="")
        os.utime(path, (MOMENT, MOMENT))
    for name, data in bytecode.items():
        _parent_made(directory / name).write_bytes(base64.b64decode(data))


class Compiling:
    """A pytest plugin that has the tests collected, sends their bytecode, and runs none."""

    def __init__(self, report: Reporter, directory: Path) -> None:
        self._report = report
        self._directory = directory
        sys.dont_write_bytecode = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Send what collecting has written; leave it to pytest to say that it has failed."""
        if session.testsfailed:
            return None
        found = self._directory.rglob("__pycache__/*.pyc")
        files = {str(path.relative_to(self._directory)): _as_text(path) for path in found}
        self._report({"type": "bytecode", "files": files})
        return True


def _as_text(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def _parent_made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
