"""An image's tag says what is in it: it changes with its files, and with nothing else."""

import shutil
from pathlib import Path

import pytest

from sandbox.images import tags


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sandbox's sources, which tags are made from while the test runs."""
    copy = tmp_path / "sandbox"
    shutil.copytree(tags.SANDBOX, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(tags, "SANDBOX", copy)
    monkeypatch.setattr(tags, "IMAGES", copy / "images")
    monkeypatch.setattr(tags, "RUNNER_DOCKERFILE", copy / "images/runner.Dockerfile")
    monkeypatch.setattr(tags, "PACKAGES_DOCKERFILE", copy / "images/packages.Dockerfile")
    return copy


def append(path: Path) -> None:
    path.write_text(path.read_text() + "\n# changed\n")


def test_the_same_files_in_another_place_give_the_same_tag(sources: Path) -> None:
    moved = tags.image_tag("postgres")
    assert moved.startswith("backyard/postgres:")
    assert len(moved.partition(":")[2]) == 12
    with pytest.MonkeyPatch.context() as original:
        original.setattr(tags, "SANDBOX", Path(tags.__file__).parents[1])
        original.setattr(tags, "IMAGES", Path(tags.__file__).parent)
        original.setattr(tags, "RUNNER_DOCKERFILE", tags.IMAGES / "runner.Dockerfile")
        assert tags.image_tag("postgres") == moved


@pytest.mark.parametrize(
    "name", ["protocol.py", "runner/__main__.py", "images/runner.Dockerfile", "__init__.py"]
)
def test_a_changed_runner_gives_a_new_image_on_the_same_dependencies(
    sources: Path, name: str
) -> None:
    before = tags.image_tag("python"), tags.dependencies_tag("python")
    append(sources / name)
    assert tags.image_tag("python") != before[0]
    assert tags.dependencies_tag("python") == before[1]


def test_a_changed_lock_gives_new_images_all_the_way_down(sources: Path) -> None:
    before = {tags.image_tag(name) for name in tags.image_names()}
    append(sources / "images/python/requirements.txt")
    assert before.isdisjoint(tags.image_tag(name) for name in tags.image_names())


@pytest.mark.parametrize("name", ["environment.toml", "requirements.in"])
def test_what_the_image_does_not_hold_leaves_the_tag_alone(sources: Path, name: str) -> None:
    before = tags.image_tag("python")
    append(sources / "images/python" / name)
    assert tags.image_tag("python") == before


def test_a_dockerfile_that_names_no_parent_is_refused(sources: Path) -> None:
    dockerfile = sources / "images/python/Dockerfile"
    dockerfile.write_text(dockerfile.read_text().replace("ARG PARENT=base", "ARG PARENT"))
    with pytest.raises(ValueError, match="ARG PARENT=<name>"):
        tags.image_tag("python")


def test_packages_make_an_image_without_a_dockerfile_of_its_own(sources: Path) -> None:
    before = tags.image_tag("redis")
    assert tags.own_files("redis") == {"Dockerfile": tags.PACKAGES_DOCKERFILE}
    assert tags.parent_tag("redis") == tags.dependencies_tag("python")
    environment = sources / "images/redis/environment.toml"
    environment.write_text(environment.read_text().replace('["redis-server"]', '["valkey"]'))
    assert tags.image_tag("redis") != before


def test_an_environment_that_names_no_packages_is_no_image() -> None:
    assert tags.image_names() == ["postgres", "python", "redis"]
