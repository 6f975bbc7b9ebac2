"""What becomes of sandboxes whose owner dies."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import docker
import pytest

from sandbox.docker import DockerProvider
from sandbox.environment import load_environments
from tests.functional.conftest import own_containers

ROOT = Path(__file__).resolve().parents[3]

START = """
import sys, time
from grader.frames import job_frames
from sandbox.docker import DockerProvider
from sandbox.environment import load_environments
from tests.functional.probes import probe

sandbox = DockerProvider().start(load_environments()["python"])
if "busy" in sys.argv:
    endless = probe("def test_endless():\\n    while True: pass\\n", seconds=60, test_seconds=60)
    for frame in job_frames(endless, {"app.py": ""}, {}):
        sandbox.send(frame)
print(sandbox.container, flush=True)
time.sleep(600)
"""

Owner = Callable[..., tuple["subprocess.Popen[str]", str]]


@pytest.fixture
def owner(provider: DockerProvider, engine: docker.APIClient) -> Iterator[Owner]:
    """Starts another process with one sandbox: gives the process and the container's id."""
    started: list[tuple[subprocess.Popen[str], str]] = []

    def start(*options: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-c", START, *options], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert process.stdout is not None
        started.append((process, process.stdout.readline().strip()))
        return started[-1]

    yield start
    for process, container in started:
        process.kill()
        process.communicate()
        provider.remove(container)


def exists(engine: docker.APIClient, container: str) -> bool:
    return bool(engine.containers(all=True, filters={"id": container}))


def gone_after(engine: docker.APIClient, container: str, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while exists(engine, container) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not exists(engine, container)


def test_a_killed_owners_warm_sandbox_ends_by_itself(
    owner: Owner, engine: docker.APIClient
) -> None:
    process, container = owner()
    assert exists(engine, container)
    process.send_signal(signal.SIGKILL)
    assert gone_after(engine, container, 10)


def test_a_killed_owners_busy_sandbox_is_gone_after_a_sweep(
    owner: Owner, engine: docker.APIClient, provider: DockerProvider
) -> None:
    process, container = owner("busy")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not gone_after(engine, container, 1), "only a sweep is to find it"
    assert provider.sweep() >= 1
    assert gone_after(engine, container, 5)


def test_a_living_owners_sandboxes_outlive_everybody_elses_sweep(
    owner: Owner, engine: docker.APIClient, provider: DockerProvider
) -> None:
    _, warm = owner()
    _, busy = owner("busy")
    provider.sweep()
    assert exists(engine, warm)
    assert exists(engine, busy)


def test_an_owner_that_is_told_to_stop_leaves_no_sandbox(
    owner: Owner, engine: docker.APIClient
) -> None:
    process, container = owner()
    process.send_signal(signal.SIGINT)
    assert gone_after(engine, container, 10)


def test_a_container_that_never_started_is_swept_too(
    owner: Owner, engine: docker.APIClient, provider: DockerProvider
) -> None:
    process, container = owner()
    config = engine.inspect_container(container)
    created = engine.create_container(config["Image"], labels=config["Config"]["Labels"])["Id"]
    process.kill()
    process.wait()
    provider.sweep()
    assert gone_after(engine, created, 5)


def test_containers_of_others_are_nobodys_business(
    engine: docker.APIClient, provider: DockerProvider
) -> None:
    sandbox = provider.start(load_environments()["python"])
    image = engine.inspect_container(sandbox.container)["Image"]
    sandbox.destroy()
    other = engine.create_container(image, labels={"somebody": "else"})["Id"]
    try:
        provider.sweep()
        assert exists(engine, other)
        assert other not in own_containers(engine)
    finally:
        provider.remove(other)
