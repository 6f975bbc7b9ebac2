"""`backyard doctor` where no sandbox is needed: bad use, no engine."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from backyard.cli import main


def doctor(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *arguments])


@pytest.mark.parametrize("argument", ["more", "--xml"])
def test_bad_use_is_64(argument: str) -> None:
    assert doctor(argument).exit_code == 64


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_an_engine_that_is_away_fails_and_the_rest_is_looked_at_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    result = doctor("--json")
    assert result.exit_code == 1
    findings = {finding["check"]: finding for finding in json.loads(result.stdout)}
    assert findings["engine"]["status"] == "fail"
    assert "DOCKER_HOST is tcp://127.0.0.1:1" in findings["engine"]["found"]
    assert findings["walls"]["status"] == "unknown"
    assert findings["core files"]["status"] in ("ok", "warning", "unknown")


def test_each_finding_is_one_line_and_a_setting_that_is_wrong_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BACKYARD_RUNTME", "runsc")
    result = doctor()
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "fail    settings: BACKYARD_RUNTME: there is no such setting. Did you mean "
        "BACKYARD_RUNTIME? → Mend the environment variables.",
        "1 fail.",
    ]
