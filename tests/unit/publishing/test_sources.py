"""What may be typed as a source, and what of it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from backyard.publishing.sources import Source, UnusableSource, local_or_remote, opened, remote
from tests.unit.publishing.conftest import Press, press
from tests.unit.publishing.repositories import commit, git

__all__ = ["press"]  # a fixture


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.org/team/exercises.git",
        "https://example.org:8443/x",
        "ssh://git@example.org/x.git",
        "git://example.org/x",
        "git@example.org:team/exercises.git",
    ],
)
def test_an_address_of_a_repository_is_taken(typed: str) -> None:
    assert remote(typed, "release/2.1") == Source(typed, "release/2.1", is_git=True)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "exercises",
        "/srv/exercises",
        "file:///etc",
        "http://example.org/x",
        "ext::sh -c id",
        "--upload-pack=id",
        "https://",
        "https:///x",
        "https://[::1",
        "https://example.org/a b",
        "-oProxyCommand=id@example.org:x",
        "a@-oProxyCommand=id:x",
    ],
)
def test_anything_else_is_no_address(typed: str) -> None:
    with pytest.raises(UnusableSource):
        remote(typed)


@pytest.mark.parametrize(
    "typed",
    ["https://ada:secret@example.org/x", "https://token@example.org/x", "ssh://a:b@example.org/x"],
)
def test_an_address_with_a_secret_in_it_is_refused(typed: str) -> None:
    with pytest.raises(UnusableSource, match="Leave names and passwords out"):
        remote(typed)


@pytest.mark.parametrize("ref", ["-x", "--upload-pack=id", "a b", "a:b", ".x"])
def test_what_can_not_name_a_branch_is_refused(ref: str) -> None:
    with pytest.raises(UnusableSource, match="can't be the name of a branch"):
        remote("https://example.org/x", ref)


def test_a_folder_is_known_by_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    assert local_or_remote("mine", "", tmp_path / "site") == Source(str(tmp_path / "mine"))


def test_the_sites_own_folder_is_the_site_however_it_is_typed(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert local_or_remote(f"{tmp_path}/./site/", "", tmp_path / "site") == Source()


def test_a_folder_that_is_a_repository_is_read_as_one(tmp_path: Path) -> None:
    commit(tmp_path / "work", {"a": ""})
    git(tmp_path, "clone", "--quiet", "--bare", "work", "bare.git")
    for name in ("work", "bare.git"):
        found = local_or_remote(str(tmp_path / name), "main", tmp_path)
        assert found == Source(str(tmp_path / name), "main", is_git=True)


def test_a_folder_without_history_has_no_branches(tmp_path: Path) -> None:
    with pytest.raises(UnusableSource, match="is no git repository, so it has no 'v1'"):
        local_or_remote(str(tmp_path), "v1", tmp_path / "site")


@pytest.mark.parametrize("inside", ["", "exercises"])
def test_exercises_stand_at_the_top_or_in_their_folder(press: Press, inside: str) -> None:
    top = press.root
    press.root = top / inside
    press.write()
    name = commit(top)
    with opened(Source(str(top), is_git=True), Path("/none")) as found:
        assert (found.root / "demo/small/README.md").is_file()
        assert found.commit == name


def test_a_source_without_an_exercise_is_a_mistake(tmp_path: Path) -> None:
    with (
        pytest.raises(UnusableSource, match="holds no exercise"),
        opened(Source(str(tmp_path)), Path("/none")),
    ):
        pass


def test_the_sites_own_folder_is_just_that_though_it_be_a_checkout(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert local_or_remote(str(tmp_path), "", tmp_path) == Source()
    assert local_or_remote(str(tmp_path), "main", tmp_path).is_git


def test_a_site_folder_without_exercises_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(UnusableSource, match="holds no exercise"), opened(Source(), tmp_path):
        pass
