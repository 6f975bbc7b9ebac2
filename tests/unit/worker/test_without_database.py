"""`backyard worker` and `backyard serve` where the database can't be used say so, and end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("command", ["worker", "serve"])
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The database has no tables yet. Run `backyard setup` first."),
        (b"not a database " * 100, "The database can't be opened: file is not a database."),
    ],
)
def test_the_sentence_says_what_is_wrong(
    tmp_path: Path, content: bytes, sentence: str, command: str
) -> None:
    (tmp_path / "backyard.sqlite3").write_bytes(content)
    (tmp_path / "secret_key").write_text("0123456789abcdef" * 4)
    done = subprocess.run(
        [sys.executable, "-m", "backyard", command],
        env=os.environ | {"BACKYARD_INSTANCE": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, f"Error: {sentence}\n")
