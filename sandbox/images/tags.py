"""Image tags: pure functions of the files that an image is built from."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sandbox.images.base import BASE
from sandbox.images.errors import ImageError

IMAGES: Final = Path(__file__).parent
SANDBOX: Final = IMAGES.parent
RUNNER_DOCKERFILE: Final = IMAGES / "runner.Dockerfile"

# What an environment declares about running is no part of what its image holds.
NOT_BUILT_FROM: Final = {"environment.toml", "requirements.in"}


def image_names() -> list[str]:
    """Return the names of all images: the folders beside this file that hold a Dockerfile."""
    return sorted(path.parent.name for path in IMAGES.glob("*/Dockerfile"))


def image_tag(name: str) -> str:
    """Return the full tag of a finished image, such as `backyard/python:0123456789ab`."""
    files = [RUNNER_DOCKERFILE, *runner_files()]
    return f"backyard/{name}:{_digest(dependencies_tag(name), files)}"


def dependencies_tag(name: str) -> str:
    """Return the full tag of the image below the runner's layer."""
    return f"backyard/{name}:dependencies-{_digest(parent_tag(name), own_files(name))}"


def parent_tag(name: str) -> str:
    """Return the tag that an image's Dockerfile starts from.

    The default of `ARG PARENT` names it: `base`, or another image's folder. Raises ImageError for
    a name that no image has.
    """
    try:
        text = (IMAGES / name / "Dockerfile").read_text()
    except FileNotFoundError:
        raise ImageError(
            f"There is no image {name!r}: {IMAGES / name} has no Dockerfile."
        ) from None
    parent = re.search(r"^ARG PARENT=([a-z0-9-]+)$", text, re.MULTILINE)
    if parent is None:
        raise ValueError(f"The Dockerfile of {name} has no line `ARG PARENT=<name>`.")
    return BASE if parent[1] == "base" else dependencies_tag(parent[1])


def own_files(name: str) -> list[Path]:
    """Return the files of an image's folder that it is built from."""
    return sorted(
        path
        for path in (IMAGES / name).iterdir()
        if path.is_file() and path.name not in NOT_BUILT_FROM
    )


def runner_files() -> list[Path]:
    """Return the sources that every image's last layer holds."""
    return [
        SANDBOX / "__init__.py",
        SANDBOX / "protocol.py",
        *sorted((SANDBOX / "runner").rglob("*.py")),
    ]


def _digest(start: str, files: Iterable[Path]) -> str:
    digest = hashlib.sha256(start.encode())
    for path in files:
        content = path.read_bytes()
        digest.update(f"\0{path.relative_to(SANDBOX).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
