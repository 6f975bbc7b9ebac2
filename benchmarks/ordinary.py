"""How another grader would run the same tests: an ordinary pytest in one process.

Each exercise's own tests run against its reference solution with the conftest.py of
`benchmarks/baselines/`, which gives the fixtures in pytest's process. The containers have no
limits, so the baselines are as quick as they can be.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import docker
from docker.models.containers import Container

from grader.exercise import Exercise
from sandbox.docker.runtimes import RUNTIME_SETTING
from sandbox.environment import load_environments
from sandbox.images.tags import image_tag

HERE: Final = Path(__file__).parent / "baselines"
PYTEST: Final = "/opt/backyard/bin/python -m pytest -q -p no:cacheprovider"

SERVER: Final = (
    "initdb -D /tmp/data --no-sync -A trust >/dev/null"
    " && pg_ctl -D /tmp/data -w -o '-k /tmp -c listen_addresses=' start >/dev/null"
)
POSTGRES: Final = {"PGHOST": "/tmp", "PGUSER": "postgres", "PGDATABASE": "postgres"}


class Baseline:
    """One exercise's tests, ready to be run the ordinary way."""

    def __init__(self, client: docker.DockerClient, exercise: Exercise, work: Path) -> None:
        self._client = client
        self._image = image_tag(load_environments()[exercise.metadata.environment].image)
        self._work = work
        self._database = exercise.metadata.environment == "postgres"

    def cold_seconds(self) -> float:
        """Wall seconds of a whole `docker run`: container, server if any, pytest, removal."""
        began = time.monotonic()
        container = self._start(f"{self._server_first()}{PYTEST}")
        status = container.wait()["StatusCode"]
        if status != 0:
            said = container.logs().decode()
            container.remove(force=True)
            raise RuntimeError(f"The baseline's tests do not pass:\n{said}")
        container.remove(force=True)
        return time.monotonic() - began

    @contextmanager
    def idle(self) -> Iterator[Container]:
        """Give a container that does nothing, its server up if it has one."""
        container = self._start(f"{self._server_first()}sleep 3600")
        try:
            yield container
        finally:
            container.remove(force=True)

    def bare_seconds(self, container: Container) -> float:
        """Wall seconds of `python -m pytest` in an idle container."""
        began = time.monotonic()
        code, said = container.exec_run(["sh", "-c", PYTEST])
        if code != 0:
            raise RuntimeError(f"The baseline's tests do not pass:\n{said!r}")
        return time.monotonic() - began

    def _server_first(self) -> str:
        return f"{SERVER} && " if self._database else ""

    def _start(self, command: str) -> Container:
        return self._client.containers.run(
            self._image,
            entrypoint=["sh", "-c", command],
            detach=True,
            environment=POSTGRES if self._database else {},
            network_mode="none",
            runtime=os.environ.get(RUNTIME_SETTING) or None,
            user="postgres" if self._database else "nobody",
            volumes={str(self._work): {"bind": "/work", "mode": "ro"}},
            working_dir="/work",
        )


@contextmanager
def baseline(client: docker.DockerClient, exercise: Exercise) -> Iterator[Baseline]:
    """Lay out the exercise's tests and its reference solution in one folder."""
    with tempfile.TemporaryDirectory(prefix="backyard-") as name:
        work = Path(name)
        tests = {f"tests/{path}": text for path, text in exercise.suite.items()}
        files = tests | dict(exercise.accepted["reference"])
        for path, text in files.items():
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            (work / path).write_text(text)
        shutil.copy(HERE / "pytest.ini", work)
        shutil.copy(HERE / f"{exercise.track}-{exercise.slug}" / "conftest.py", work)
        work.chmod(0o755)
        yield Baseline(client, exercise, work)
