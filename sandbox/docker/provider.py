"""Starts and destroys Docker sandboxes."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import docker
import requests
from docker.errors import APIError, DockerException, ImageNotFound
from docker.utils import parse_host

from sandbox.docker.attach import AttachedStream
from sandbox.docker.client import client
from sandbox.docker.owner import owner_is_gone, owner_label
from sandbox.docker.runtimes import RUNTIME_SETTING, Runtime, UnknownRuntime, choose
from sandbox.docker.walls import OWNER_LABEL, host_config, new_identities
from sandbox.environment import Environment
from sandbox.errors import (
    EngineUnavailable,
    EngineUnusable,
    ImageMissing,
    SandboxError,
    SandboxFailed,
)
from sandbox.images.tags import image_tag

CALL_SECONDS: Final = 20
"""How long one call to the engine may take, from its first byte to its last."""

WARM_SECONDS: Final = 60.0
"""How long a sandbox may take to be warm."""

RECENT_SECONDS: Final = 300
"""How far back to look for what became of a sandbox; a run is shorter."""

log = logging.getLogger(__name__)


class DockerSandbox:
    """One container and its streams."""

    def __init__(self, provider: DockerProvider, container: str, stream: AttachedStream) -> None:
        self.container = container
        self._provider = provider
        self._stream = stream
        self._at_work = False

    def send(self, frame: dict[str, Any]) -> None:
        """See `sandbox.interface.Sandbox`."""
        self._at_work = True
        self._stream.send(frame)

    def receive(self, deadline: float) -> dict[str, Any]:
        """See `sandbox.interface.Sandbox`.

        Learners can take back the badness that the runner gives them, and have the kernel end
        the runner when they take all memory. Then the engine alone is left to tell of it.
        """
        try:
            return self._stream.receive(deadline)
        except SandboxFailed:
            if self._at_work and self._provider.ran_out_of_memory(self.container):
                return {"type": "end", "reason": "out_of_memory"}
            raise

    def alive(self) -> bool:
        """See `sandbox.interface.Sandbox`."""
        return self._stream.open()

    def destroy(self) -> None:
        """See `sandbox.interface.Sandbox`."""
        self._stream.close()
        self._provider.remove(self.container)


class DockerProvider:
    """Makes sandboxes on the engine that `DOCKER_HOST` names; by default the local one.

    `runtime` is the engine's name of an OCI runtime, such as `runsc`: by default the one that
    `BACKYARD_RUNTIME` names, and without that the engine's own default.
    """

    def __init__(self, host: str | None = None, runtime: str | None = None) -> None:
        self._socket = _socket_of(host or os.environ.get("DOCKER_HOST"))
        self._wanted = runtime or os.environ.get(RUNTIME_SETTING) or None
        self._runtime: Runtime | None = None
        self._client: docker.APIClient | None = None

    def start(self, environment: Environment) -> DockerSandbox:
        """Create, attach to and start a container, and wait until it is warm.

        Raises EngineUnavailable, at the latest after the sum of the limits above.
        """
        runtime = self._find_runtime()
        with _engine_errors():
            container = self._create(environment, runtime)
        try:
            stream = AttachedStream(self._socket, container)
        except SandboxError:
            self.remove(container)
            raise
        sandbox = DockerSandbox(self, container, stream)
        try:
            with _engine_errors():
                self._api.start(container)
            _await_ready(sandbox)
        except SandboxFailed:
            sandbox.destroy()
            self.check()  # an engine that hangs sends nothing either, and that is no failed sandbox
            raise
        except BaseException:
            sandbox.destroy()
            raise
        return sandbox

    def check(self) -> None:
        """Raise EngineUnavailable unless the engine answers a ping and knows the runtime."""
        with _engine_errors():
            self._api.ping()
        self._find_runtime()

    def _find_runtime(self) -> Runtime:
        """Nothing can be started without it, so submissions wait as if the engine were away."""
        if self._runtime is None:
            with _engine_errors():
                info = self._api.info()
            try:
                self._runtime = choose(self._wanted, info)
            except UnknownRuntime as error:
                raise EngineUnavailable(str(error)) from None
        return self._runtime

    @property
    def socket(self) -> str:
        """The path of the engine's socket."""
        return self._socket

    def about(self) -> dict[str, Any]:
        """Return what the engine says of itself: `version`, `info` and its images' `tags`."""
        with _engine_errors():
            images = self._api.images()
            return {
                "version": self._api.version(),
                "info": self._api.info(),
                "tags": [tag for image in images for tag in image.get("RepoTags") or ()],
            }

    def sweep(self) -> int:
        """Remove the sandboxes whose owner no longer runs; return how many."""
        with _engine_errors():
            found = self._api.containers(all=True, filters={"label": OWNER_LABEL})
        orphans = [c["Id"] for c in found if owner_is_gone(c["Labels"][OWNER_LABEL])]
        for container in orphans:
            self.remove(container)
        return len(orphans)

    def ran_out_of_memory(self, container: str) -> bool:
        """Whether the kernel ended a process of the container, of late, for want of memory."""
        now = int(time.time())
        wanted = {"container": container, "event": "oom"}
        with _engine_errors():
            told = self._api.events(since=now - RECENT_SECONDS, until=now + 1, filters=wanted)
            return bool(list(told))

    def remove(self, container: str) -> None:
        """Remove a container by force. What can't be removed now is left for a sweep."""
        try:
            with _engine_errors(), _gone_is_fine():
                self._api.remove_container(container, force=True, v=True)
        except SandboxError as error:
            log.warning("container %s stays for the next sweep: %s", container[:12], error)

    @property
    def _api(self) -> docker.APIClient:
        if self._client is None:
            self._client = client(self._socket, CALL_SECONDS)
        return self._client

    def _create(self, environment: Environment, runtime: Runtime) -> str:
        identities = new_identities()
        settings = {
            "learner": identities.learner,
            "suite": identities.suite,
            "services": environment.services,
            "preload": environment.preload,
            "on_demand": environment.on_demand,
            "suite_preload": environment.suite_preload,
            "loopback": environment.loopback,
        }
        configuration = self._api.create_container_config(
            image_tag(environment.image),
            command=[json.dumps(settings)],
            hostname="sandbox",
            labels={OWNER_LABEL: owner_label()},
            stdin_open=True,
            working_dir="/",
            host_config=host_config(
                self._api, environment, identities, self._wanted, runtime.costs
            ),
        )
        # Standard input ends with the attached stream, so a runner outlives no worker.
        configuration["StdinOnce"] = True
        created = self._api.create_container_from_config(configuration)  # type: ignore[no-untyped-call]  # the stubs leave it out
        return str(created["Id"])


def _socket_of(host: str | None) -> str:
    """Return the path of the engine's socket; None stands for the usual one."""
    try:
        scheme, _, path = str(parse_host(host)).partition("unix://")
    except DockerException:  # it is no address at all
        scheme, path = "?", ""
    if scheme not in ("", "http+"):
        raise EngineUnusable(
            f"DOCKER_HOST is {host}, but sandboxes are attached to over a Unix socket only. "
            "Set it to unix:///path/to/docker.sock."
        )
    return path


def _await_ready(sandbox: DockerSandbox) -> None:
    try:
        frame = sandbox.receive(time.monotonic() + WARM_SECONDS)
    except TimeoutError:
        raise SandboxFailed(f"a sandbox was not warm after {WARM_SECONDS:g} s") from None
    if frame["type"] != "ready":
        raise SandboxFailed(f"a sandbox began with {frame['type']!r} in place of 'ready'")


@contextmanager
def _engine_errors() -> Iterator[None]:
    """Turn the SDK's errors into ours."""
    try:
        yield
    except ImageNotFound as error:
        raise ImageMissing(f"{error.explanation}. Run `make setup` to build it.") from error
    except APIError as error:
        raise SandboxFailed(f"the Docker engine refused: {error.explanation}") from error
    except (DockerException, requests.RequestException, OSError) as error:
        raise EngineUnavailable(f"the Docker engine does not answer: {error}") from error


@contextmanager
def _gone_is_fine() -> Iterator[None]:
    """Let pass that a container is gone (404) or that its removal is under way (409)."""
    try:
        yield
    except APIError as error:
        if error.status_code not in (404, 409):
            raise
