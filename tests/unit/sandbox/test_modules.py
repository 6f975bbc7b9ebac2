"""Modules of the learner's are compiled once for each text, and run each time."""

from __future__ import annotations

import importlib
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from sandbox.runner.subject.modules import remember_modules

NAME = "a_module_of_a_learner"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path whose modules are remembered."""
    monkeypatch.setattr(sys, "path_hooks", list(sys.path_hooks))
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    remember_modules(tmp_path)
    yield tmp_path
    sys.path_importer_cache.pop(str(tmp_path), None)
    sys.modules.pop(NAME, None)


def imported(home: Path, text: str) -> ModuleType:
    (home / f"{NAME}.py").write_text(text)
    sys.modules.pop(NAME, None)
    importlib.invalidate_caches()
    return importlib.import_module(NAME)


def test_the_same_text_is_compiled_once_and_run_again(home: Path) -> None:
    one, other = (imported(home, "things = []\ndef f(): pass\n") for _ in range(2))
    assert one is not other
    assert one.things is not other.things
    assert one.f.__code__ is other.f.__code__
    assert other.__file__ == str(home / f"{NAME}.py")


def test_another_text_of_the_same_name_is_another_module(home: Path) -> None:
    one, other = (imported(home, f"def f(): return {number}\n") for number in (1, 2))
    assert (one.f(), other.f()) == (1, 2)


def test_what_does_not_compile_fails_each_time(home: Path) -> None:
    for _ in range(2):
        with pytest.raises(SyntaxError):
            imported(home, "def f(:\n")


def test_modules_elsewhere_are_left_alone(
    home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    sys.path.insert(0, str(elsewhere))
    one, other = (imported(elsewhere, "def f(): pass\n") for _ in range(2))
    assert one.f.__code__ is not other.f.__code__


def test_modules_in_an_archive_are_left_to_python(home: Path) -> None:
    with zipfile.ZipFile(home / "modules.zip", "w") as archive:
        archive.writestr(f"{NAME}.py", "there = True\n")
    sys.path.insert(0, str(home / "modules.zip"))
    assert importlib.import_module(NAME).there
