"""`backyard sync` with a real gate: what was not checked proves itself, or is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.loading import LOCK
from sandbox.docker import DockerProvider
from tests.functional.grading.test_commands import backyard, small


@pytest.fixture(scope="module", autouse=True)
def images(provider: DockerProvider) -> None:
    """The gate finds the images that it needs, or these tests fail and say so."""


def test_what_proves_itself_is_published_and_what_does_not_is_left_out(tmp_path: Path) -> None:
    instance, site = str(tmp_path / "instance"), tmp_path / "site"
    site.mkdir()
    place = {"BACKYARD_INSTANCE": instance, "BACKYARD_EXERCISES_DIR": str(site)}
    assert backyard("setup", **place).returncode == 0
    folder = small(tmp_path / "team")
    first = backyard("sync", tmp_path / "team", **place)
    assert (first.returncode, first.stdout) == (0, "demo/hello  published as version 1\n")
    assert not (folder / LOCK).exists()  # the source is nobody's but its author's
    small(tmp_path / "team", rude="hello")
    second = backyard("sync", tmp_path / "team", **place)
    assert second.returncode == 1
    assert second.stdout.startswith("demo/hello  left out\n    solutions/wrong/rude: It is judged")
