"""Environments as they are declared, and declarations that are refused."""

from __future__ import annotations

from pathlib import Path
from tomllib import TOMLDecodeError

import pytest
from pydantic import ValidationError

from sandbox.environment import Environment, load_environments

MINIMAL = 'image = "small"\nmemory_mb = 128\nidle_mb = 32\n'


def declared(root: Path, text: str, name: str = "tiny") -> Environment:
    """Write one environment below `root` and load it."""
    (root / name).mkdir()
    (root / name / "environment.toml").write_text(text)
    return load_environments(root)[name]


def test_the_shipped_environments_are_right() -> None:
    environments = load_environments()
    assert set(environments) == {"python", "postgres", "django", "fastapi", "redis", "web"}
    assert environments["python"].services == ()
    assert environments["postgres"].services == ("postgres",)
    assert {mount.path for mount in environments["postgres"].mounts} == {
        "/run/cluster",
        "/run/postgresql",
    }


def test_an_environment_is_named_after_its_folder(tmp_path: Path) -> None:
    environment = declared(tmp_path, MINIMAL)
    assert (environment.name, environment.image, environment.pool) == ("tiny", "small", 1)


@pytest.mark.parametrize(
    "line",
    ["memory = 128", "network = true", "privileged = true", 'Services = ["postgres"]'],
)
def test_an_unknown_key_is_an_error(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        declared(tmp_path, f"{MINIMAL}{line}\n")


def test_an_unknown_key_of_a_mount_is_an_error(tmp_path: Path) -> None:
    mount = '[[mounts]]\npath = "/data"\nsize_mb = 1\nuid = 70\nexec = true\n'
    with pytest.raises(ValidationError, match=r"mounts\.0\.exec"):
        declared(tmp_path, MINIMAL + mount)


@pytest.mark.parametrize("key", ["image", "memory_mb", "idle_mb"])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    kept = [line for line in MINIMAL.splitlines() if not line.startswith(key)]
    with pytest.raises(ValidationError, match=f"{key}\n  Field required"):
        declared(tmp_path, "\n".join(kept))


@pytest.mark.parametrize("line", ["pids = 0", "cpus = 0", "pool = -1", "pids = 100000"])
def test_a_value_that_makes_no_sense_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValidationError):
        declared(tmp_path, f"{MINIMAL}{line}\n")


def test_an_environment_that_takes_no_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="idle_mb"):
        declared(tmp_path, MINIMAL.replace("idle_mb = 32", "idle_mb = 0"))


@pytest.mark.parametrize(
    "line", ["size_mb = 0\nuid = 70", "size_mb = 1\nuid = 0", 'size_mb = 1\nuid = 70\nmode = "7"']
)
def test_a_mount_without_size_or_of_roots_own_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValidationError, match="mounts"):
        declared(tmp_path, f'{MINIMAL}[[mounts]]\npath = "/data"\n{line}\n')


def test_a_file_that_is_not_toml_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TOMLDecodeError):
        declared(tmp_path, "image: tiny")


def test_a_folder_without_a_declaration_is_no_environment(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    declared(tmp_path, MINIMAL)
    assert set(load_environments(tmp_path)) == {"tiny"}
