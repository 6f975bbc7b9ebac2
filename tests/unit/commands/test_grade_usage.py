"""`backyard grade` where no sandbox is needed: bad use, bad files, no engine."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backyard.cli import main
from backyard.commands.grade import read_files
from grader.names import Wanted
from grader.submission import InvalidSubmission

ROOT = Path(__file__).resolve().parents[3]
EXERCISE = ROOT / "exercises" / "flask" / "books-crud"
STARTER = EXERCISE / "starter"
BAD_USE, JUDGE_ERROR, NOT_PASSED = 64, 2, 1


def grade(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["grade", *map(str, arguments)])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Missing argument 'EXERCISE'"),
        (("flask/books-crud",), "Missing argument 'DIRECTORY'"),
        (("flask/books-crud", STARTER, "more"), "unexpected extra argument"),
        (("flask/books-crud", STARTER, "--xml"), "No such option"),
        (("flask/nosuch", STARTER), "There is no exercise 'flask/nosuch'"),
        (("flask/books-crud", "/nowhere"), "/nowhere is no folder."),
        (("flask/books-crud", STARTER / "app.py"), "app.py is no folder."),
    ],
)
def test_bad_use_is_64_and_says_what_is_wrong(arguments: tuple[object, ...], words: str) -> None:
    result = grade(*arguments)
    assert result.exit_code == BAD_USE
    assert words in result.output


def test_a_broken_exercise_is_bad_use(tmp_path: Path) -> None:
    broken = tmp_path / "demo" / "small"
    shutil.copytree(EXERCISE, broken)
    (broken / "README.md").unlink()
    result = grade(broken, STARTER)
    assert result.exit_code == BAD_USE
    assert "is broken. README.md is missing." in result.output


def test_a_file_that_cannot_be_read_is_bad_use(tmp_path: Path) -> None:
    (tmp_path / "app.py").symlink_to("/proc/self/mem")
    result = grade("flask/books-crud", tmp_path)
    assert result.exit_code == BAD_USE
    assert "can't be read: Input/output error." in result.output


def test_help_is_no_bad_use() -> None:
    result = grade("--help")
    assert result.exit_code == 0
    assert "The exit code says" in result.output


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "Missing: app.py."),
        (b"\xff", "app.py is not UTF-8 text"),
        (b"x" * 300_000, "app.py has 300,000 bytes"),
        (b"x = '\x00'", "holds a NUL character"),
    ],
)
def test_files_that_cannot_be_graded_are_invalid_and_need_no_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, words: str
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    if content is not None:
        (tmp_path / "app.py").write_bytes(content)
    result = grade("flask/books-crud", tmp_path, "--json")
    assert result.exit_code == NOT_PASSED
    report = json.loads(result.stdout)
    assert report["verdict"] == "invalid"
    assert words in report["message"]
    assert (report["points"], report["score"]) == (0, 0)
    assert {test["outcome"] for test in report["tests"]} == {"not_run"}


def test_an_engine_that_cannot_be_used_is_a_judge_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    result = grade("flask/books-crud", STARTER, "--json")
    assert result.exit_code == JUDGE_ERROR
    report = json.loads(result.stdout)
    assert report["verdict"] == "judge_error"
    assert "DOCKER_HOST is" in report["message"]
    assert report["max_points"] > 0


def test_exercises_are_looked_for_where_the_setting_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(EXERCISE, tmp_path / "mine" / "books")
    monkeypatch.setenv("BACKYARD_EXERCISES_DIR", str(tmp_path))
    empty = tmp_path / "empty"
    empty.mkdir()
    assert grade("mine/books", empty).exit_code == NOT_PASSED
    assert grade("flask/books-crud", empty).exit_code == BAD_USE


def test_too_many_files_are_refused_before_one_is_read(tmp_path: Path) -> None:
    for name in ("app.py", *(f"f{number}.py" for number in range(20))):
        (tmp_path / name).symlink_to("/proc/self/mem")  # a file that nobody can read
    with pytest.raises(InvalidSubmission, match="These are 21 files; at most 20 are allowed"):
        read_files(tmp_path, Wanted(("app.py",), ("*.py",)))


def test_names_that_clash_are_refused_before_one_is_read(tmp_path: Path) -> None:
    for name in ("app.py", "a.py", "A.py"):
        (tmp_path / name).symlink_to("/proc/self/mem")
    with pytest.raises(InvalidSubmission, match="differ in upper and lower case only"):
        read_files(tmp_path, Wanted(("app.py",), ("*.py",)))


def test_of_a_folder_all_is_read_that_may_be_handed_in_and_nothing_else(tmp_path: Path) -> None:
    for name in ("app.py", "b.py", ".hidden.py", "notes.md", "lib/c.py", "lib/deep/d.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "folder.py").mkdir()
    found = read_files(tmp_path, Wanted(("app.py",), ("*.py", "lib/*.py")))
    assert [name for name, _ in found] == ["app.py", "b.py", "lib/c.py"]
    assert [name for name, _ in read_files(tmp_path, Wanted(("app.py",)))] == ["app.py"]
