"""The base image: pulled where an image registry answers, bootstrapped where none does."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from typing import Final

import docker
from docker.errors import DockerException, ImageNotFound
from requests.exceptions import RequestException

from sandbox.images.errors import ImageError

SUITE: Final = "trixie"
BASE: Final = f"backyard/base:{SUITE}"

# Seconds without a byte before a registry counts as unreachable.
PULL_IDLE_SECONDS: Final = 30

# debootstrap and chroot live here, which a root shell got by `su` may not search.
SYSTEM_PATH: Final = "/usr/local/sbin:/usr/sbin:/sbin:"

# Left out of the image: package archives and lists, which every build fetches anew.
LEFT_OUT: Final = ("./var/cache/apt/archives/*.deb", "./var/lib/apt/lists/*")


def ensure_base(client: docker.DockerClient, progress: Callable[[str], None]) -> None:
    """Make sure that the engine has the image BASE.

    Raises ImageError where it can be neither pulled nor bootstrapped.
    """
    if not _present(client) and not _pull(progress):
        _bootstrap(client, progress)


def _present(client: docker.DockerClient) -> bool:
    try:
        client.images.get(BASE)
    except ImageNotFound:
        return False
    return True


def _pull(progress: Callable[[str], None]) -> bool:
    progress(f"base: pulling debian:{SUITE}-slim")
    with closing(docker.from_env(timeout=PULL_IDLE_SECONDS)) as client:
        try:
            return client.images.pull("debian", f"{SUITE}-slim").tag(BASE)
        except (DockerException, RequestException):
            progress("base: no image registry answers, so it is made with debootstrap instead")
            return False


def _bootstrap(client: docker.DockerClient, progress: Callable[[str], None]) -> None:
    path = SYSTEM_PATH + os.environ.get("PATH", "")
    tool = shutil.which("debootstrap", path=path)
    if tool is None or os.geteuid() != 0:
        raise ImageError(
            f"The image debian:{SUITE}-slim cannot be pulled. Allow the Docker engine to reach its "
            "registry, or run this as root with debootstrap installed."
        )
    progress(f"base: bootstrapping Debian {SUITE} (20 to 60 seconds)")
    with tempfile.TemporaryDirectory(prefix="backyard-base-") as folder:
        _run([tool, "--variant=minbase", SUITE, folder], path)
        progress("base: importing it into the engine")
        _import(client, folder)


def _run(command: list[str], path: str) -> None:
    process = subprocess.Popen(
        command,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            output, _ = process.communicate()
        except BaseException:
            # Asked, not killed: debootstrap unmounts what it has mounted.
            process.terminate()
            raise
    if process.returncode != 0:
        tail = "\n".join(output.splitlines()[-15:])
        raise ImageError(f"{command[0]} failed with exit code {process.returncode}:\n{tail}")


def _import(client: docker.DockerClient, folder: str) -> None:
    excludes = [f"--exclude={pattern}" for pattern in LEFT_OUT]
    with tempfile.NamedTemporaryFile(prefix="backyard-base-", suffix=".tar") as archive:
        _run(["tar", "-C", folder, *excludes, "-cf", archive.name, "."], os.environ["PATH"])
        repository, tag = BASE.split(":")
        client.api.import_image_from_file(archive.name, repository=repository, tag=tag)
    if not _present(client):
        raise ImageError(
            f"The Docker engine did not take the bootstrapped {BASE}; its log says why."
        )
