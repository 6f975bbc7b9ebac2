"""Environments: what a sandbox is made of. Each is one `environment.toml` beside its image."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

IMAGES: Final = Path(__file__).parent / "images"
FILES: Final = "*/environment.toml"


class Mount(BaseModel):
    """A tmpfs of a service's own: where, how large in MiB, and the uid that owns it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    size_mb: Annotated[int, Field(gt=0)]
    uid: Annotated[int, Field(gt=0)]
    mode: Annotated[str, Field(pattern=r"^0[0-7]{3}$")] = "0700"


class Environment(BaseModel):
    """One kind of sandbox.

    `image` is the folder below images/ whose Dockerfile it starts from (see images/tags.py).
    `services` are started while the sandbox is warmed. `preload` names the modules that are
    imported then for learners' programs, and `suite_preload` those for the tests; `on_demand` names
    those that are imported once a submission names them. `memory_mb` counts tmpfs too. `cpus` is a
    quota in cores, `pids` a limit on tasks. `idle_mb` is what one takes while it is warm and idle
    (`make bench` measures it), in MiB like the others, and `pool` how many are kept warm at least,
    as far as the pool's budget goes (see sandbox/demand.py). With `loopback` learners' programs may
    use TCP, of which there is nothing but the loopback.

    Where the environment is an image of its own, whose folder is its name, a Dockerfile beside its
    file makes it, or `packages` of Debian's on top of the image `parent`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    image: str
    parent: str = "python"
    packages: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    on_demand: tuple[str, ...] = ()
    suite_preload: tuple[str, ...] = ()
    memory_mb: Annotated[int, Field(ge=64, le=4096)]
    idle_mb: Annotated[int, Field(gt=0, le=4096)]
    cpus: Annotated[float, Field(gt=0, le=16)] = 1.0
    pids: Annotated[int, Field(ge=16, le=4096)] = 128
    pool: Annotated[int, Field(ge=0, le=64)] = 1
    mounts: tuple[Mount, ...] = ()
    loopback: bool = False


def load_environments(root: Path = IMAGES) -> Mapping[str, Environment]:
    """Return every environment under `root` by name.

    Raises pydantic.ValidationError or tomllib.TOMLDecodeError for a file that is not right.
    """
    return {path.parent.name: load_environment(path) for path in sorted(root.glob(FILES))}


def load_environment(path: Path) -> Environment:
    """Return the environment that the file at `path` declares. Raises as `load_environments`."""
    return Environment(name=path.parent.name, **tomllib.loads(path.read_text()))


def keep_warm(count: int, *names: str) -> Mapping[str, Environment]:
    """Return every environment, of which only those of `names` are kept warm, `count` of each."""
    return {
        name: environment.model_copy(update={"pool": count if name in names else 0})
        for name, environment in load_environments().items()
    }
