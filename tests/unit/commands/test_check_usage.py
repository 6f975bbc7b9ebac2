"""`backyard check` where no sandbox is needed: folders that are no exercises, and no engine."""

from __future__ import annotations

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
    assert "exercise.toml: skils: Extra inputs are not permitted." in result.output


def test_without_an_engine_nothing_is_proved_and_no_list_is_written(tmp_path: Path) -> None:
    folder = in_folder(tmp_path)
    result = check(folder)
    assert result.exit_code == 1
    assert "DOCKER_HOST is" in result.output
    assert not (folder / LOCK).exists()
