"""`backyard new` and `backyard check` as authors use them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import docker
import pytest

from backyard.commands.new import SUBJECTS
from grader.loading import LOCK
from sandbox.docker import DockerProvider
from sandbox.docker.walls import OWNER_LABEL

ROOT = Path(__file__).resolve().parents[3]
BACKYARD = Path(sys.executable).with_name("backyard")


@pytest.fixture(scope="module", autouse=True)
def images(provider: DockerProvider) -> None:
    """The commands find the images that they need, or these tests fail and say so."""


def backyard(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BACKYARD, *arguments],
        cwd=ROOT,
        env=os.environ | {"BACKYARD_EXERCISES_DIR": str(root)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_new_exercise_passes_the_gate_as_it_is_written(tmp_path: Path, subject: str) -> None:
    assert backyard(tmp_path, "new", "demo/first", "--subject", subject).returncode == 0
    done = backyard(tmp_path, "check", "demo/first", "--json", "--mutants")
    assert done.returncode == 0, done.stdout + done.stderr
    [found] = json.loads(done.stdout)
    assert (found["id"], found["ok"], found["problems"]) == ("demo/first", True, [])
    assert found["mutation_score"] >= 90
    assert (tmp_path / "demo" / "first" / LOCK).is_file()


def test_ctrl_c_ends_a_check_and_leaves_no_container(
    tmp_path: Path, engine: docker.APIClient
) -> None:
    backyard(tmp_path, "new", "demo/first", "--subject", "http")
    command = subprocess.Popen(
        [BACKYARD, "check", "demo/first"],
        cwd=ROOT,
        env=os.environ | {"BACKYARD_EXERCISES_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    while not containers_of(engine, command.pid):
        assert command.poll() is None, "the check ended before it had begun"
        time.sleep(0.05)
    command.send_signal(signal.SIGINT)
    command.communicate(timeout=120)
    assert command.returncode == 1
    assert containers_of(engine, command.pid) == []
    assert not (tmp_path / "demo" / "first" / LOCK).exists()


def containers_of(engine: docker.APIClient, pid: int) -> list[str]:
    """The containers that a process owns, by its label."""
    found = engine.containers(all=True, filters={"label": OWNER_LABEL})
    return [c["Id"] for c in found if f"/{pid}/" in c["Labels"][OWNER_LABEL]]
