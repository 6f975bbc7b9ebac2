"""An engine that hangs is an engine that is away: every call ends in bounded time, and says so."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.docker import attach, provider
from sandbox.docker.attach import AttachedStream
from sandbox.docker.provider import DockerProvider
from sandbox.environment import Environment
from sandbox.errors import EngineUnavailable, SandboxFailed
from tests.unit.sandbox.slow_engine import slow_engine

LIMIT = 1
"""Seconds: the product's limits are 10 to 60 s."""

SLACK = 30.0
"""Seconds that a busy machine may add: a call without a limit would hang for ever."""

ENVIRONMENT = Environment(name="python", image="python", memory_mb=64, idle_mb=32, pool=0)

CALLS: dict[str, Callable[[DockerProvider], object]] = {
    "check": lambda provider: provider.check(),
    "sweep": lambda provider: provider.sweep(),
    "ran_out_of_memory": lambda provider: provider.ran_out_of_memory("c" * 64),
    "start": lambda provider: provider.start(ENVIRONMENT),
}


@pytest.fixture(autouse=True)
def short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a minute for these tests."""
    monkeypatch.setattr(provider, "CALL_SECONDS", LIMIT)
    monkeypatch.setattr(provider, "WARM_SECONDS", LIMIT)
    monkeypatch.setattr(attach, "CONNECT_SECONDS", LIMIT)


def is_away(call: Callable[[], object], limits: int = 1) -> None:
    """Expect that `call` finds the engine away after `limits` limits."""
    began = time.monotonic()
    with pytest.raises(EngineUnavailable):
        call()
    assert time.monotonic() - began < limits * LIMIT + SLACK


@pytest.mark.parametrize("dribbles", [False, True], ids=["silent", "dribbling"])
@pytest.mark.parametrize("call", CALLS)
def test_it_hangs_from_the_first_call_on(tmp_path: Path, call: str, dribbles: bool) -> None:
    with slow_engine(tmp_path / "sock", "/", dribbles=dribbles) as engine:
        is_away(lambda: CALLS[call](DockerProvider(f"unix://{engine.path}")))


@pytest.mark.parametrize("dribbles", [False, True], ids=["silent", "dribbling"])
@pytest.mark.parametrize(
    ("call", "stuck"),
    [
        ("check", "/_ping"),
        ("check", "/info"),
        ("start", "/info"),
        ("sweep", "/containers/json"),
        ("ran_out_of_memory", "/events"),
        ("start", "/containers/create"),
        ("start", "/attach"),
        ("start", "/start"),
    ],
)
def test_it_hangs_at_one_call(tmp_path: Path, call: str, stuck: str, dribbles: bool) -> None:
    with slow_engine(tmp_path / "sock", stuck, dribbles=dribbles) as engine:
        is_away(lambda: CALLS[call](DockerProvider(f"unix://{engine.path}")))


def test_it_hangs_while_a_sandbox_warms_up(tmp_path: Path) -> None:
    with slow_engine(tmp_path / "sock", "/_ping") as engine:
        is_away(lambda: DockerProvider(f"unix://{engine.path}").start(ENVIRONMENT), limits=2)


def test_a_sandbox_that_stays_cold_on_a_healthy_engine_is_no_engine_that_is_away(
    tmp_path: Path,
) -> None:
    with (
        slow_engine(tmp_path / "sock") as engine,
        pytest.raises(SandboxFailed, match="was not warm after"),
    ):
        DockerProvider(f"unix://{engine.path}").start(ENVIRONMENT)


@pytest.mark.parametrize("dribbles", [False, True], ids=["silent", "dribbling"])
def test_a_removal_that_hangs_is_left_to_a_sweep(tmp_path: Path, dribbles: bool) -> None:
    began = time.monotonic()
    with slow_engine(tmp_path / "sock", "/containers", dribbles=dribbles) as engine:
        DockerProvider(f"unix://{engine.path}").remove("c" * 64)
    assert time.monotonic() - began < LIMIT + SLACK


def test_a_call_after_one_that_hung_works(tmp_path: Path) -> None:
    with slow_engine(tmp_path / "sock", "/_ping") as engine:
        ours = DockerProvider(f"unix://{engine.path}")
        is_away(ours.check)
        engine.stuck = ()
        ours.check()
        assert ours.sweep() == 0


def test_attaching_to_an_engine_that_hangs_ends(tmp_path: Path) -> None:
    with slow_engine(tmp_path / "sock", "/", dribbles=True) as engine:
        is_away(lambda: AttachedStream(engine.path, "c" * 64))
