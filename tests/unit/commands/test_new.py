"""`backyard new` where no sandbox is needed: names, folders, and what is written there."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backyard.cli import main
from backyard.commands.new import SUBJECTS
from grader.exercise import Exercise, Metadata
from grader.gate import read
from grader.gate.contents import RULES as OF_CONTENTS
from grader.gate.secrets import RULES as OF_SECRETS
from grader.gate.statement import RULES as OF_PAGES
from grader.schema import SCHEMA, schema_text

EXERCISES = Path(__file__).resolve().parents[3] / "exercises"


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BACKYARD_EXERCISES_DIR", str(tmp_path))
    return tmp_path


def new(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments])


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_it_writes_breaks_no_rule(root: Path, subject: str) -> None:
    result = new("demo/new-thing", "--subject", subject)
    assert result.exit_code == 0, result.output
    assert "backyard check demo/new-thing" in result.output
    found = read(root / "demo" / "new-thing")
    assert isinstance(found, Exercise), found
    assert found.metadata.title == "New thing"
    assert found.statement.startswith("# New thing\n")
    rules = (*OF_CONTENTS, *OF_PAGES, *OF_SECRETS)
    assert [problem for rule in rules for problem in rule(found)] == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_is_to_be_decided_is_said(root: Path, subject: str) -> None:
    new("demo/new-thing", "--subject", subject)
    folder = root / "demo" / "new-thing"
    settings = (folder / "exercise.toml").read_text()
    assert settings.count("# Decide: ") >= 3
    assert any("Decide: " in path.read_text() for path in folder.glob("tests/test_*.py"))
    assert not [path for path in folder.rglob("*.*") if "TITLE" in path.read_text()]


@pytest.mark.parametrize("name", ["books", "Flask/books", "flask/../books", "a/b/c", "flask/b_c"])
def test_a_name_that_is_none_is_bad_use(root: Path, name: str) -> None:
    result = new(name, "--subject", "http")
    assert result.exit_code == 2
    assert "is no name of an exercise" in result.output
    assert list(root.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(root: Path) -> None:
    new("demo/new-thing", "--subject", "http")
    settings = root / "demo" / "new-thing" / "exercise.toml"
    settings.write_text("mine")
    result = new("demo/new-thing", "--subject", "sql")
    assert result.exit_code == 2
    assert "is there already" in result.output
    assert settings.read_text() == "mine"


def test_editors_find_the_schema_where_exercise_toml_says(root: Path) -> None:
    new("demo/new-thing", "--subject", "http")
    settings = root / "demo" / "new-thing" / "exercise.toml"
    named = settings.read_text().splitlines()[0].removeprefix("#:schema ")
    assert (settings.parent / named).resolve() == root / SCHEMA
    assert json.loads((root / SCHEMA).read_text())["title"] == "Metadata"


def test_the_schema_that_is_committed_is_that_of_the_code() -> None:
    committed = (EXERCISES / SCHEMA).read_text()
    assert committed == schema_text(), "Run `backyard schema > exercises/exercise.schema.json`."
    assert CliRunner().invoke(main, ["schema"]).output == committed


def test_the_schema_knows_every_key_and_no_other() -> None:
    schema = json.loads(schema_text())
    assert schema["properties"].keys() == Metadata.model_fields.keys()
    assert schema["additionalProperties"] is False
    shipped = [path.read_text() for path in EXERCISES.glob("*/*/exercise.toml")]
    assert {key for text in shipped for key in tomllib.loads(text)} <= schema["properties"].keys()
