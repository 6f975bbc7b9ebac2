"""`backyard check` where no sandbox is needed: folders that are no exercises, and no engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backyard.cli import main
from grader.loading import LOCK
from tests.unit.grader.examples import TOML, in_folder


def check(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")


def test_an_exercise_that_is_not_there_is_bad_use() -> None:
    result = check("flask/nosuch")
    assert result.exit_code == 2
    assert "There is no exercise 'flask/nosuch'" in result.output


def test_a_broken_folder_is_told_by_name_with_its_reason(tmp_path: Path) -> None:
    folder = in_folder(tmp_path, {"exercise.toml": TOML.replace("skills", "skils")})
    result = check(folder)
    assert result.exit_code == 1
    assert "✗ demo/small" in result.output
    assert "exercise.toml:5: `skils` is no key of an exercise." in result.output
    assert "exercise.toml: `skills` is missing. Add it." in result.output


def test_json_is_a_list_with_an_object_for_each_exercise(tmp_path: Path) -> None:
    folder = in_folder(tmp_path, {"README.md": None})
    result = check(folder, "--json")
    assert result.exit_code == 1
    assert json.loads(result.output) == [
        {"id": "demo/small", "ok": False, "problems": [".: README.md is missing."]}
    ]


def test_all_exercises_are_checked_when_none_is_named_or_all_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_folder(tmp_path, {"README.md": None})
    monkeypatch.setenv("BACKYARD_EXERCISES_DIR", str(tmp_path))
    for arguments in ([], ["--all"]):
        assert "✗ demo/small" in check(*arguments).output


def test_without_an_engine_nothing_is_proved_and_no_list_is_written(tmp_path: Path) -> None:
    folder = in_folder(tmp_path)
    result = check(folder)
    assert result.exit_code == 1
    assert "DOCKER_HOST is" in result.output
    assert not (folder / LOCK).exists()
