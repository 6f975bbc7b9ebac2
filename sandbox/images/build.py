"""Builds the images that are missing: `python -m sandbox.images.build`."""

import io
import signal
import sys
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import docker
from docker.errors import APIError, BuildError, DockerException, ImageNotFound
from requests.exceptions import RequestException

from sandbox.images.base import ensure_base
from sandbox.images.errors import ImageError
from sandbox.images.tags import (
    IMAGES,
    RUNNER_DOCKERFILE,
    SANDBOX,
    dependencies_tag,
    image_names,
    image_tag,
    own_files,
    packages,
    parent_tag,
    runner_files,
)
from sandbox.images.wheels import download_wheels

__all__ = ["ImageError", "ensure_images", "image_tag"]

Progress = Callable[[str], None]

# Seconds without a line of output before a build is given up: a slow package download is silent.
BUILD_IDLE_SECONDS: Final = 900


def ensure_images(progress: Progress) -> None:
    """Build every image that the engine lacks, and remove none.

    `progress` gets a line before each slow step. Raises ImageError with a sentence
    for the operator.
    """
    try:
        with closing(docker.from_env(timeout=BUILD_IDLE_SECONDS)) as client:
            for name in image_names():
                _ensure_image(client, name, progress)
    except APIError as error:
        raise ImageError(f"The Docker engine refused a step: {error.explanation}") from error
    except (DockerException, RequestException) as error:
        raise ImageError(f"No Docker engine answers ({error}). Start it and try again.") from error


def _ensure_image(client: docker.DockerClient, name: str, progress: Progress) -> None:
    tag = image_tag(name)
    if _present(client, tag):
        return
    _ensure_dependencies(client, name, progress)
    progress(f"{name}: adding the runner")
    files = {str(path.relative_to(SANDBOX.parent)): path for path in runner_files()}
    files["Dockerfile"] = RUNNER_DOCKERFILE
    arguments = {"PARENT": dependencies_tag(name)}
    _build(client, tag, files, arguments, network="none")  # it fetches nothing


def _ensure_dependencies(client: docker.DockerClient, name: str, progress: Progress) -> None:
    tag = dependencies_tag(name)
    if _present(client, tag):
        return
    parent = parent_tag(name)
    _ensure_parent(client, parent, progress)
    with tempfile.TemporaryDirectory(prefix="backyard-image-") as folder:
        files = own_files(name)
        lock = IMAGES / name / "requirements.txt"
        if lock.exists():
            progress(f"{name}: downloading Python packages")
            download_wheels(lock, Path(folder), client.info()["Architecture"])
            files |= {f"wheels/{path.name}": path for path in Path(folder).iterdir()}
        progress(f"{name}: installing system and Python packages (about a minute)")
        _build(client, tag, files, {"PARENT": parent, "PACKAGES": " ".join(packages(name))})


def _ensure_parent(client: docker.DockerClient, parent: str, progress: Progress) -> None:
    for name in image_names():
        if parent == dependencies_tag(name):
            _ensure_dependencies(client, name, progress)
            return
    ensure_base(client, progress)


def _present(client: docker.DockerClient, tag: str) -> bool:
    try:
        client.images.get(tag)
    except ImageNotFound:
        return False
    return True


def _build(
    client: docker.DockerClient,
    tag: str,
    files: Mapping[str, Path],
    arguments: Mapping[str, str],
    network: str | None = None,
) -> None:
    with tempfile.TemporaryFile() as context:
        with tarfile.open(fileobj=context, mode="w") as archive:
            for name, path in files.items():
                _add(archive, name, path)
        context.seek(0)
        try:
            client.images.build(
                fileobj=context,
                custom_context=True,
                tag=tag,
                buildargs=dict(arguments),
                network_mode=network,
                rm=True,
                forcerm=True,
            )
        except BuildError as error:
            raise ImageError(f"Building {tag} failed: {_last_words(error)}") from error
        finally:
            with suppress(APIError):  # another build's is under way; the next one takes the rest
                client.images.prune(filters={"dangling": True, "label": "backyard.stage"})


def _add(archive: tarfile.TarFile, name: str, path: Path) -> None:
    # Owner, times and most mode bits are left at their defaults, so that the engine's
    # build cache sees the same context on every machine.
    content = path.read_bytes()
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o644
    archive.addfile(entry, io.BytesIO(content))


def _last_words(error: BuildError) -> str:
    lines = [str(part.get("stream", "")) for part in error.build_log if isinstance(part, dict)]
    tail = "".join(lines).splitlines()[-15:]
    return "\n".join([str(error), *tail])


def main() -> int:
    """Build what is missing, and say so; the exit code tells whether all images are there."""
    # As an exception, so that folders and programs in use are cleared away.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        ensure_images(lambda line: print(line, flush=True))
    except ImageError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
