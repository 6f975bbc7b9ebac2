"""What must hold for the files of this repository, whatever is in them."""

import ast
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 300
MIGRATIONS = ROOT / "platform/backyard/migrations/versions"  # Alembic writes them, a line a column

# Written in pieces, so that this file does not name what no file may name.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("debian", "org"),
        ("debian", "net"),
    ]
]


@cache
def committed() -> list[Path]:
    """Every file that is committed or about to be, and still there."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    return path.read_bytes().decode(errors="ignore")


def locks() -> list[Path]:
    return [*ROOT.glob("requirements/*.txt"), *ROOT.glob("sandbox/images/*/requirements.txt")]


def test_platform_is_a_folder_and_never_a_package() -> None:
    assert not (ROOT / "platform/__init__.py").exists()


def test_no_folder_of_tests_is_called_platform() -> None:
    assert not [path for path in committed() if "platform" in path.relative_to(ROOT).parts[1:-1]]


def test_the_standard_library_platform_wins_from_the_checkout() -> None:
    code = "import platform, uuid; platform.python_version()"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_wsgi_is_two_statements() -> None:
    body = ast.parse(text_of(ROOT / "wsgi.py")).body
    statements = [node for node in body if not isinstance(node, ast.Expr)]
    assert [type(node) for node in statements] == [ast.ImportFrom, ast.Assign]


@pytest.mark.parametrize("host", REGISTRY_HOSTS)
def test_no_file_names_a_registry_host(host: str) -> None:
    assert [path for path in committed() if host in text_of(path)] == []


def test_every_lock_carries_hashes_and_no_address() -> None:
    for lock in locks():
        text = text_of(lock)
        assert "--hash=sha256:" in text, lock
        assert "://" not in text, lock
        assert "--index-url" not in text, lock
        assert "--find-links" not in text, lock
    assert len(locks()) >= 4


def test_the_front_end_lock_carries_hashes_and_no_address() -> None:
    lock = text_of(ROOT / "platform/backyard/frontend/package-lock.json")
    packages = json.loads(lock)["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    assert '"resolved"' not in lock


def test_no_source_file_is_long() -> None:
    sources = [path for path in committed() if path.suffix in {".py", ".ts", ".mjs", ".css"}]
    sources = [path for path in sources if path.parent != MIGRATIONS]
    lengths = {path.relative_to(ROOT): len(text_of(path).splitlines()) for path in sources}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_both_kinds_of_ci_run_what_developers_run() -> None:
    assert "run: make test\n" in text_of(ROOT / ".github/workflows/ci.yml")
    assert text_of(ROOT / ".ci/run").rstrip().endswith("exec make test")


def test_every_script_can_be_run_and_says_what_it_does() -> None:
    scripts = [path for path in (ROOT / "scripts").iterdir() if path.is_file()]
    for script in scripts:
        lines = text_of(script).splitlines()
        assert lines[0] == "#!/bin/sh", script
        assert lines[1].startswith("# "), script
        assert script.stat().st_mode & 0o111, script
