"""`backyard doctor` on the engine of this machine, and with a wall taken down."""

from __future__ import annotations

import json

import docker
import pytest
from click.testing import CliRunner, Result

from backyard.cli import main
from sandbox.docker import provider
from sandbox.docker.walls import host_config
from sandbox.environment import load_environments
from sandbox.pool import Pool
from tests.functional.conftest import WARM, wait_for_containers


@pytest.fixture(autouse=True)
def quiet(pool: Pool) -> None:
    """The images that the command needs are there, and no sandbox but its own is being started."""
    pool.wait_until_full()


def doctor() -> tuple[Result, dict[str, str]]:
    result = CliRunner().invoke(main, ["doctor", "--json"])
    return result, {found["check"]: found["status"] for found in json.loads(result.stdout)}


def test_every_wall_of_a_real_sandbox_is_tried_and_holds(engine: docker.APIClient) -> None:
    result, statuses = doctor()
    walls = {check: status for check, status in statuses.items() if check.startswith("wall: ")}
    assert len(walls) == 14
    assert set(walls.values()) == {"ok"}, result.stdout
    for check in ("engine", "runtime", "cgroup", "seccomp", "limits", "images"):
        assert statuses[check] == "ok", result.stdout
    assert statuses["runc"] != "unknown", result.stdout
    wait_for_containers(engine, WARM * len(load_environments()))


def test_walls_that_are_down_are_found_and_the_exit_code_is_1(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lower(*arguments: object) -> dict[str, object]:
        lowered: dict[str, object] = host_config(*arguments)  # type: ignore[arg-type]
        return lowered | {"NetworkMode": "bridge", "ReadonlyRootfs": False}

    monkeypatch.setattr(provider, "host_config", lower)
    result, statuses = doctor()
    assert result.exit_code == 1, result.stdout
    assert (statuses["wall: root"], statuses["wall: network"]) == ("fail", "fail"), result.stdout
    assert statuses["wall: capabilities"] == "ok", result.stdout
