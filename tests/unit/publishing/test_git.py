"""What a repository gives, and what it can not do."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest

from backyard.publishing import git as module
from backyard.publishing.git import GitFailed, cloned
from tests.unit.publishing.repositories import commit, git


def fails(address: Path | str, ref: str = "") -> str:
    """What is said of a repository that can't be had."""
    with pytest.raises(GitFailed) as caught, cloned(str(address), ref):
        pass
    return str(caught.value)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """One with two commits, and a tag on the first."""
    folder = tmp_path / "repository"
    commit(folder, {"a.txt": "old"})
    git(folder, "tag", "v1")
    commit(folder, {"a.txt": "new"})
    return folder


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where clones are made, to see that none is left."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_it_gives_the_newest_files_and_their_commit_and_leaves_nothing(
    repository: Path, own_temporary_folder: Path
) -> None:
    with cloned(str(repository)) as (folder, name):
        assert (folder / "a.txt").read_text() == "new"
        assert name == git(repository, "rev-parse", "HEAD")
        assert git(folder, "rev-list", "--count", "HEAD") == "1"  # no history
    assert list(own_temporary_folder.iterdir()) == []


def test_it_gives_a_tag_or_a_branch_by_its_name(repository: Path) -> None:
    with cloned(str(repository), "v1") as (folder, _):
        assert (folder / "a.txt").read_text() == "old"


def test_a_name_that_is_not_there_is_said_in_gits_words(repository: Path) -> None:
    assert fails(repository, "v9").startswith("git says: ")
    assert "v9 not found" in fails(repository, "v9")


def test_a_folder_that_is_no_repository_is_one_sentence(
    tmp_path: Path, own_temporary_folder: Path
) -> None:
    assert "does not appear to be a git repository" in fails(tmp_path)
    assert list(own_temporary_folder.iterdir()) == []


@pytest.mark.parametrize("protocol", ["http://127.0.0.1:1/x", "ext::sh -c id", "file:///tmp"])
def test_other_protocols_are_refused_by_git_itself(protocol: str) -> None:
    assert "not allowed" in fails(protocol)


def test_nobody_is_asked_for_a_password(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_ASKPASS", "/bin/echo")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    settings = module._environment(with_files=False)
    assert settings["GIT_TERMINAL_PROMPT"] == "0"
    assert not {"GIT_ASKPASS", "GIT_DIR"} & settings.keys()
    with cloned(str(repository)):
        pass


def test_hooks_of_the_machine_are_not_run(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = tmp_path / "home" / "templates" / "hooks" / "post-checkout"
    hook.parent.mkdir(parents=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/hooked\n")
    hook.chmod(0o755)
    (tmp_path / "home" / ".gitconfig").write_text(
        f"[init]\ntemplateDir = {hook.parents[1]}\n[core]\nhooksPath = {hook.parent}\n"
    )
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with cloned(str(repository)):
        assert not (tmp_path / "hooked").exists()


def test_filters_and_submodules_are_not_run(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / ".gitconfig").write_text(
        f'[filter "lfs"]\nsmudge = touch {tmp_path}/smudged\n[submodule]\nrecurse = true\n'
    )
    modules = '[submodule "more"]\npath = more\nurl = ext::sh -c false\n'
    commit(
        repository, {".gitattributes": "*.bin filter=lfs\n", "x.bin": "x", ".gitmodules": modules}
    )
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},more")
    git(repository, "commit", "--quiet", "--message", "A submodule")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with cloned(str(repository)) as (folder, _):
        assert (folder / "x.bin").read_text() == "x"
    assert not (tmp_path / "smudged").exists()


def test_a_link_becomes_a_file_that_leads_nowhere(repository: Path) -> None:
    (repository / "passwd").symlink_to("/etc/passwd")
    commit(repository)
    with cloned(str(repository)) as (folder, _):
        assert not (folder / "passwd").is_symlink()
        assert (folder / "passwd").read_text() == "/etc/passwd"


@pytest.mark.parametrize("limit", ["SIZE_LIMIT", "FILE_LIMIT"])
def test_a_repository_that_is_too_large_is_refused(
    repository: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(module, limit, 5)
    assert fails(repository).startswith("The repository is too large: ")


def test_git_that_takes_too_long_is_ended_with_all_its_helpers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "bin" / "ssh"
    slow.parent.mkdir()
    slow.write_text(f"#!/bin/sh\necho $$ >{tmp_path}/pid\nexec sleep 600\n")
    slow.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(slow))
    monkeypatch.setattr(module, "SECONDS", 1.0)
    assert fails("git@example.org:x.git") == "git took longer than 1 seconds."
    helper = Path("/proc", (tmp_path / "pid").read_text().strip())
    end = time.monotonic() + 30
    while helper.exists() and "sleep" in (helper / "cmdline").read_text():
        assert time.monotonic() < end, "ssh goes on"
        time.sleep(0.01)


def test_a_machine_without_git_says_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"PATH": "/nowhere"})
    monkeypatch.setenv("PATH", "/nowhere")
    assert fails(repository) == "git is not installed on this machine. Install it."
