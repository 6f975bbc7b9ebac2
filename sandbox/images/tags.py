"""Image tags: pure functions of the files that an image is built from."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sandbox.environment import load_environment
from sandbox.images.base import BASE
from sandbox.images.errors import ImageError

IMAGES: Final = Path(__file__).parent
SANDBOX: Final = IMAGES.parent
RUNNER_DOCKERFILE: Final = IMAGES / "runner.Dockerfile"
PACKAGES_DOCKERFILE: Final = IMAGES / "packages.Dockerfile"

# What an environment declares about running is no part of what its image holds.
NOT_BUILT_FROM: Final = {"environment.toml", "requirements.in"}


def image_names() -> list[str]:
    """Return the names of all images: the folders beside this file that hold a Dockerfile, or an
    environment that names packages of Debian's."""
    made = {path.parent.name for path in IMAGES.glob("*/Dockerfile")}
    return sorted(made | {name for name in _environments() if packages(name)})


def image_tag(name: str) -> str:
    """Return the full tag of a finished image, such as `backyard/python:0123456789ab`."""
    files = [RUNNER_DOCKERFILE, *runner_files()]
    return f"backyard/{name}:{_digest(dependencies_tag(name), files)}"


def dependencies_tag(name: str) -> str:
    """Return the full tag of the image below the runner's layer."""
    start = " ".join([parent_tag(name), *packages(name)])
    files = own_files(name)
    return f"backyard/{name}:dependencies-{_digest(start, files.values())}"


def parent_tag(name: str) -> str:
    """Return the tag of the image that an image stands on.

    The default of `ARG PARENT` in its Dockerfile names it: `base`, or another image's folder; or
    `parent` does, beside `packages`. Raises ImageError for a name that no image has.
    """
    parent = _parent(name)
    return BASE if parent == "base" else dependencies_tag(parent)


def packages(name: str) -> tuple[str, ...]:
    """Return Debian's packages that an image without a Dockerfile adds to its parent."""
    path = IMAGES / name / "environment.toml"
    if (IMAGES / name / "Dockerfile").exists() or not path.exists():
        return ()
    return load_environment(path).packages


def own_files(name: str) -> dict[str, Path]:
    """Return the files that an image is built from, by their names in the build's context."""
    if packages(name):
        return {"Dockerfile": PACKAGES_DOCKERFILE}
    return {
        path.name: path
        for path in sorted((IMAGES / name).iterdir())
        if path.is_file() and path.name not in NOT_BUILT_FROM
    }


def runner_files() -> list[Path]:
    """Return the sources that every image's last layer holds."""
    return [
        SANDBOX / "__init__.py",
        SANDBOX / "protocol.py",
        *sorted((SANDBOX / "runner").rglob("*.py")),
    ]


def _environments() -> list[str]:
    return [path.parent.name for path in IMAGES.glob("*/environment.toml")]


def _parent(name: str) -> str:
    if packages(name):
        return load_environment(IMAGES / name / "environment.toml").parent
    try:
        text = (IMAGES / name / "Dockerfile").read_text()
    except FileNotFoundError:
        raise ImageError(
            f"There is no image {name!r}: {IMAGES / name} has no Dockerfile, and names no packages."
        ) from None
    parent = re.search(r"^ARG PARENT=([a-z0-9-]+)$", text, re.MULTILINE)
    if parent is None:
        raise ValueError(f"The Dockerfile of {name} has no line `ARG PARENT=<name>`.")
    return parent[1]


def _digest(start: str, files: Iterable[Path]) -> str:
    digest = hashlib.sha256(start.encode())
    for path in files:
        content = path.read_bytes()
        digest.update(f"\0{path.relative_to(SANDBOX).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
