"""`backyard sync`, where no sandbox is needed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from backyard.cli import main
from tests.unit.publishing.conftest import Press
from tests.unit.publishing.repositories import commit


@pytest.fixture(autouse=True)
def instance(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database and the folder of `press` are the site's."""
    url = press.sessions.kw["bind"].url.render_as_string()
    monkeypatch.setenv("BACKYARD_DATABASE_URL", url)
    monkeypatch.setenv("BACKYARD_EXERCISES_DIR", str(press.root))


def sync(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["sync", *map(str, arguments)])
    return done.exit_code, done.output


def test_it_publishes_the_sites_own_folder_and_then_has_nothing_to_do(press: Press) -> None:
    press.write()
    assert sync() == (0, "demo/small  published as version 1\n")
    assert sync() == (0, "demo/small  unchanged, version 1\n")
    assert sync(press.root) == (0, "demo/small  unchanged, version 1\n")


def test_what_is_left_out_is_told_with_its_reason_and_by_the_exit_code(press: Press) -> None:
    (press.write() / "README.md").unlink()
    press.write("demo/other-one")
    code, said = sync()
    assert code == 1
    assert said.splitlines() == [
        "demo/other-one  published as version 1",
        "demo/small      left out",
        "    .: README.md is missing.",
    ]


def test_a_repository_is_published_with_its_commit(press: Press, tmp_path: Path) -> None:
    press.root, site = tmp_path / "team", press.root
    press.write()
    name = commit(press.root)
    site.mkdir()
    assert sync(press.root) == (0, "demo/small  published as version 1\n")
    [version] = press.versions()
    assert (version.source, version.source_commit) == (str(press.root), name)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("no/such", "Error: 'no/such' is neither a folder here nor the address of a git"),
        ("https://a:b@example.org/x", "Error: Leave names and passwords out of the address"),
    ],
)
def test_a_source_that_is_none_is_one_sentence(source: str, sentence: str) -> None:
    code, said = sync(source)
    assert code == 1
    assert said.startswith(sentence)
    assert said.count("\n") == 1


def test_a_site_that_is_not_set_up_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKYARD_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite3")
    assert sync() == (
        1,
        "Error: The database has no tables yet. Run `backyard setup` first.\n",
    )
