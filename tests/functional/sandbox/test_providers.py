"""What every provider of sandboxes promises: the same tests on Docker and on the fake."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

import docker
import pytest

from grader.frames import job_frames
from grader.verdict import Verdict
from sandbox.docker import DockerProvider
from sandbox.environment import Environment, load_environments
from sandbox.errors import EngineUnavailable, EngineUnusable, ImageMissing, SandboxFailed
from sandbox.fake import FakeProvider
from sandbox.images.errors import ImageError
from sandbox.images.tags import image_tag
from sandbox.interface import Provider, Sandbox
from sandbox.pool import Pool
from sandbox.protocol import Frame
from tests.functional.probes import grade, looking, probe

HONEST = looking("return {'answer': 42}")
JOB = job_frames(probe(), {"app.py": HONEST}, {})


def answers(sent: list[Frame]) -> list[Frame]:
    """What a sandbox says of `JOB`."""
    test = {"id": "test_probe.py::test_look", "title": "", "points": 1, "visible": False}
    told = {"outcome": "passed", "seconds": 0.0, "subject_seconds": 0.0, "message": ""}
    told |= {"timed_out": False, "output": ""}
    return [
        {"type": "collected", "tests": [test]},
        {"type": "test", "id": test["id"], "exchanges": [], **told},
        {"type": "end", "reason": "finished", "message": ""},
    ]


@pytest.fixture(params=["docker", "fake"])
def any_provider(request: pytest.FixtureRequest) -> Provider:
    """Each kind in turn."""
    if request.param == "fake":
        return FakeProvider(answers)
    provider: DockerProvider = request.getfixturevalue("provider")
    return provider


@pytest.fixture
def environment() -> Environment:
    return load_environments()["python"]


@pytest.fixture
def sandbox(any_provider: Provider, environment: Environment) -> Iterator[Sandbox]:
    """One that has said `ready`."""
    sandbox = any_provider.start(environment)
    yield sandbox
    sandbox.destroy()


def soon() -> float:
    return time.monotonic() + 20


def run(sandbox: Sandbox) -> list[Frame]:
    """Send the job and return all frames up to the end."""
    for frame in JOB:
        sandbox.send(frame)
    frames = [sandbox.receive(soon())]
    while frames[-1]["type"] != "end":
        frames.append(sandbox.receive(soon()))
    return frames


def test_an_engine_that_answers_passes_the_check(any_provider: Provider) -> None:
    any_provider.check()


def test_a_sandbox_that_is_started_is_alive_and_warm(sandbox: Sandbox) -> None:
    assert sandbox.alive()


def test_a_job_is_answered_up_to_its_end(sandbox: Sandbox) -> None:
    frames = run(sandbox)
    assert [frame["type"] for frame in frames] == ["collected", "test", "end"]
    assert frames[-1]["reason"] == "finished"
    assert frames[1]["outcome"] == "passed"


def test_after_the_end_the_stream_is_over(sandbox: Sandbox) -> None:
    run(sandbox)
    with pytest.raises(SandboxFailed, match="the stream ended"):
        sandbox.receive(soon())


def test_a_deadline_that_has_passed_is_a_timeout(sandbox: Sandbox) -> None:
    with pytest.raises(TimeoutError):
        sandbox.receive(time.monotonic() - 1)


def test_a_sandbox_that_is_destroyed_takes_nothing_and_is_not_alive(sandbox: Sandbox) -> None:
    sandbox.destroy()
    assert not sandbox.alive()
    with pytest.raises(SandboxFailed):
        sandbox.send({"type": "job"})


def test_destroying_twice_is_fine(sandbox: Sandbox) -> None:
    sandbox.destroy()
    sandbox.destroy()


def test_a_living_owners_sandboxes_are_not_swept(any_provider: Provider, sandbox: Sandbox) -> None:
    any_provider.sweep()
    assert sandbox.alive()


def test_a_pool_gives_sandboxes_that_grade(
    any_provider: Provider, environment: Environment
) -> None:
    environments = {"python": environment.model_copy(update={"pool": 1})}
    with Pool(any_provider, environments) as pool:
        verdicts = [grade(pool, HONEST).verdict for _ in range(2)]
    assert verdicts == [Verdict.PASSED] * 2


def test_a_sandbox_starts_from_the_image_that_its_environment_names(
    provider: DockerProvider, environment: Environment, engine: docker.APIClient
) -> None:
    sandbox = provider.start(environment.model_copy(update={"image": "postgres"}))
    try:
        found = engine.inspect_container(sandbox.container)["Config"]["Image"]
    finally:
        sandbox.destroy()
    assert found == image_tag("postgres")


def test_an_image_that_no_folder_makes_is_named(
    provider: DockerProvider, environment: Environment
) -> None:
    with pytest.raises(ImageError, match="There is no image 'cobol'"):
        provider.start(environment.model_copy(update={"image": "cobol"}))


def test_an_image_that_is_not_there_is_named(
    provider: DockerProvider, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.docker.provider.image_tag", lambda name: "backyard/none:never")
    with pytest.raises(ImageMissing, match=r"backyard/none:never.*make setup"):
        provider.start(environment)


def test_an_engine_that_is_not_there_is_away(environment: Environment) -> None:
    away = DockerProvider("unix:///nowhere/docker.sock")
    for ask in (away.check, away.sweep, lambda: away.start(environment)):
        with pytest.raises(EngineUnavailable):
            ask()
    gc.collect()  # would complain of a socket that was not closed


@pytest.mark.parametrize("host", ["tcp://127.0.0.1:2375", "ssh://somewhere", "nonsense://here"])
def test_an_engine_that_is_no_unix_socket_is_refused_in_words(host: str) -> None:
    with pytest.raises(EngineUnusable, match="Set it to unix://") as refusal:
        DockerProvider(host)
    assert not refusal.value.transient


def test_a_runtime_that_the_engine_does_not_know_is_named_with_those_that_it_knows(
    environment: Environment,
) -> None:
    # As if the engine were away: submissions wait until the operator has mended the setting.
    provider = DockerProvider(runtime="nosuch")
    for ask in (provider.check, lambda: provider.start(environment)):
        with pytest.raises(EngineUnavailable, match=r"no runtime 'nosuch'.*BACKYARD_RUNTIME.*runc"):
            ask()


def test_sandboxes_are_started_with_the_runtime_that_the_setting_names(
    environment: Environment, engine: docker.APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKYARD_RUNTIME", "runc")
    sandbox = DockerProvider().start(environment)
    try:
        host = engine.inspect_container(sandbox.container)["HostConfig"]
        assert host["Runtime"] == "runc"
    finally:
        sandbox.destroy()
