"""`backyard grade` and `backyard check` as people run them, on real exercises and sandboxes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.loading import LOCK
from sandbox.docker import DockerProvider

ROOT = Path(__file__).resolve().parents[3]
EXERCISES = ROOT / "exercises"
BOOKS = EXERCISES / "flask" / "books-crud"
BACKYARD = Path(sys.executable).with_name("backyard")

SMALL = {
    "exercise.toml": """
title = "Hello"
summary = "Answer with a greeting."
difficulty = "intro"
skills = ["http"]
environment = "python"
files = ["app.py"]
[subject]
kind = "http"
app = "app:app"
[wrong.rude]
fails = ["test_hello.py::test_it_greets"]
""",
    "README.md": "# Hello\n",
    "tests/test_hello.py": '''
import pytest

@pytest.mark.visible
def test_it_answers(client):
    """It answers."""
    assert client.get("/").status_code == 200

@pytest.mark.points(2)
def test_it_greets(client):
    """It greets."""
    assert client.get("/").text == "hello"
''',
    "starter/app.py": "from flask import Flask\n\napp = Flask(__name__)\n",
}
APP = 'from flask import Flask\n\napp = Flask(__name__)\napp.get("/")(lambda: "{}")\n'


@pytest.fixture(scope="module", autouse=True)
def images(provider: DockerProvider) -> None:
    """The commands find the images that they need, or these tests fail and say so."""


def backyard(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BACKYARD, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def small(root: Path, rude: str = "go away") -> Path:
    """Write an exercise of two tests; `rude` is what its wrong solution answers."""
    folder = root / "demo" / "hello"
    solutions = {"accepted/polite": APP.format("hello"), "wrong/rude": APP.format(rude)}
    files = SMALL | {f"solutions/{name}/app.py": text for name, text in solutions.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_a_right_solution_is_graded_with_0_and_a_whole_report() -> None:
    done = backyard("grade", "flask/books-crud", BOOKS / "solutions/accepted/reference", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert set(report) == {
        "exercise", "content_hash", "verdict", "tests", "message", "phases",
        "points", "max_points", "score",
    }  # fmt: skip
    assert (report["exercise"], report["verdict"]) == ("flask/books-crud", "passed")
    assert report["points"] == report["max_points"] > 0
    assert report["score"] == 100
    assert set(report["phases"]) == {"sandbox", "subject", "tests"}
    for test in report["tests"]:
        assert set(test) == {
            "id", "title", "points", "visible", "outcome", "seconds", "message", "exchanges",
            "output",
        }  # fmt: skip
        assert test["outcome"] == "passed"
        assert test["exchanges"][0]["kind"] == "http"


def test_a_starter_is_graded_with_1_and_its_failures_are_told() -> None:
    done = backyard("grade", BOOKS, BOOKS / "starter")
    assert done.returncode == 1, done.stderr
    assert "✗ " in done.stdout
    assert "→ " in done.stdout
    assert "failed: 0 of " in done.stdout


def test_an_engine_that_is_away_is_2_and_bad_use_is_64() -> None:
    away = backyard(
        "grade", "flask/books-crud", BOOKS / "starter", DOCKER_HOST="unix:///nowhere/docker.sock"
    )
    assert away.returncode == 2
    assert "the Docker engine does not answer" in away.stdout
    assert backyard("grade", "flask/nosuch", BOOKS / "starter").returncode == 64


def test_an_exercise_that_proves_itself_gets_its_list_and_can_be_graded(tmp_path: Path) -> None:
    folder = small(tmp_path)
    done = backyard("check", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✓ demo/hello 2 tests" in done.stdout
    tests = json.loads((folder / LOCK).read_text())["tests"]
    assert [(test["title"], test["points"], test["visible"]) for test in tests] == [
        ("It answers.", 1, True),
        ("It greets.", 2, False),
    ]
    assert backyard("grade", folder, folder / "solutions/accepted/polite").returncode == 0


def test_a_wrong_solution_that_passes_is_found_and_no_list_is_written(tmp_path: Path) -> None:
    folder = small(tmp_path, rude="hello")
    done = backyard("check", folder)
    assert done.returncode == 1
    assert "✗ demo/hello" in done.stdout
    assert "solutions/wrong/rude: It is judged passed, not failed." in done.stdout
    assert not (folder / LOCK).exists()


def test_a_suite_that_cannot_be_read_is_told_with_pythons_words(tmp_path: Path) -> None:
    folder = small(tmp_path)
    (folder / "tests" / "test_hello.py").write_text("import nosuch\n")
    done = backyard("check", folder)
    assert done.returncode == 1
    assert "tests/ can't be collected" in done.stdout
    assert "No module named 'nosuch'" in done.stdout


def test_an_environment_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    folder = small(tmp_path)
    settings = folder / "exercise.toml"
    settings.write_text(settings.read_text().replace('"python"', '"pyhton"'))
    done = backyard("check", folder)
    assert done.returncode == 1
    assert "there is no environment 'pyhton'; there are: " in done.stdout


def test_a_shipped_exercise_proves_itself_and_its_list_is_up_to_date(tmp_path: Path) -> None:
    copy = tmp_path / "exercises"
    shutil.copytree(EXERCISES, copy, ignore=shutil.ignore_patterns("__pycache__"))
    locks = {path.relative_to(copy): path.read_text() for path in copy.glob(f"*/*/{LOCK}")}
    assert len(locks) == len([*copy.glob("*/*/exercise.toml")]) >= 3
    done = backyard("check", "sql/top-customers", BACKYARD_EXERCISES_DIR=str(copy))
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path: (copy / path).read_text() for path in locks} == locks
