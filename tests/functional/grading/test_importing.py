"""`backyard import exercism`, and what it makes, proved and graded for real."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.docker import DockerProvider
from tests.unit.grader.test_exercism import FOLDER

BACKYARD = Path(sys.executable).with_name("backyard")


@pytest.fixture
def directory(tmp_path: Path, provider: DockerProvider) -> Path:
    """A practice exercise in Exercism's form."""
    for name, text in FOLDER.items():
        path = tmp_path / "two-fer" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "two-fer"


def backyard(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BACKYARD, *map(str, arguments)],
        env={**os.environ, "BACKYARD_EXERCISES_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_imported_exercise_proves_itself_and_is_graded(directory: Path, tmp_path: Path) -> None:
    root = tmp_path / "exercises"
    made = backyard(root, "import", "exercism", directory, "--difficulty", "intro")
    assert made.returncode == 0, made.stderr
    assert "backyard check exercism/two-fer" in made.stdout
    checked = backyard(root, "check", "exercism/two-fer")
    assert checked.returncode == 0, checked.stdout
    starter = root / "exercism/two-fer/starter"
    report = json.loads(backyard(root, "grade", "exercism/two-fer", starter, "--json").stdout)
    assert report["verdict"] == "failed"
    assert "missing 1 required positional argument" in report["tests"][0]["message"]


def test_nothing_that_is_there_is_overwritten(directory: Path, tmp_path: Path) -> None:
    root = tmp_path / "exercises"
    assert backyard(root, "import", "exercism", directory).returncode == 0
    again = backyard(root, "import", "exercism", directory)
    assert again.returncode == 1
    assert "is there already" in again.stderr


def test_another_folder_is_refused_in_words(tmp_path: Path) -> None:
    refused = backyard(tmp_path, "import", "exercism", tmp_path)
    assert refused.returncode == 1
    assert ".meta/config.json is missing." in refused.stderr
