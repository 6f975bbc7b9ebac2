"""An instructor's git repository with one exercise, which others can reach."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

START_SECONDS: Final = 30

TOML: Final = """
title = "{title}"
summary = "Answer a visitor with a friendly word."
difficulty = "intro"
skills = ["http"]
environment = "python"
files = ["app.py"]

[subject]
kind = "http"
app = "app:create_app"

[wrong.rude]
fails = [{rude}]
"""

APP: Final = """from flask import Flask


def create_app():
    app = Flask(__name__)
{routes}
    return app
"""

GREETS: Final = '    app.get("/")(lambda: "hello")'
PARTS: Final = '    app.get("/bye", endpoint="bye")(lambda: "goodbye")'

TEST: Final = '''
@pytest.mark.visible
def test_{name}(client):
    """A visitor {title}."""
    assert client.get("{path}").text == "{word}"
'''

ONLY_GREETS: Final = APP.format(routes=GREETS)
"""What passes the first version, and half of the second."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The folder, and the address that a worker can fetch it from."""

    folder: Path
    address: str
    slug: str

    def commit(self, *, parts_too: bool = False, broken: bool = False) -> None:
        """Commit the exercise; with `parts_too` its tests want more. `broken` adds another one."""
        for name, text in _files(self.slug, parts_too).items():
            _write(self.folder / "exercises/team" / self.slug / name, text)
        if broken:
            _write(self.folder / f"exercises/team/{self.slug}-broken/exercise.toml", "title =\n")
        if not (self.folder / ".git").exists():
            self._git("init", "--quiet")
        self._git("add", "--all")
        self._git("commit", "--quiet", "--message", "The exercise")

    def _git(self, *arguments: str) -> None:
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        subprocess.run(["git", *who, *arguments], cwd=self.folder, check=True)


@contextmanager
def served(folder: Path, slug: str) -> Iterator[Repository]:
    """Serve a repository over git's own protocol while the context is open."""
    (folder / "team").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    daemon = subprocess.Popen(
        ["git", "daemon", "--export-all", "--reuseaddr", "--listen=127.0.0.1", f"--port={port}",
         f"--base-path={folder}"],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield Repository(folder / "team", f"git://127.0.0.1:{port}/team", slug)
    finally:
        daemon.terminate()
        daemon.wait()


def _files(slug: str, parts_too: bool) -> dict[str, str]:
    tests = [("greets", "is greeted", "/", "hello")]
    routes = [GREETS]
    if parts_too:
        tests.append(("parts", "is seen off", "/bye", "goodbye"))
        routes.append(PARTS)
    suite = (TEST.format(name=n, title=t, path=p, word=w) for n, t, p, w in tests)
    rude = ", ".join(f'"test_hello.py::test_{name}"' for name, *_ in tests)
    return {
        "exercise.toml": TOML.format(title=f"Hello {slug}", rude=rude),
        "README.md": "# Hello\n\nAnswer `GET /` with a friendly word.\n",
        "starter/app.py": APP.format(routes=""),
        "tests/test_hello.py": "import pytest\n" + "".join(suite),
        "solutions/accepted/reference/app.py": APP.format(routes="\n".join(routes)),
        "solutions/wrong/rude/app.py": APP.format(routes='    app.get("/")(lambda: "what?")'),
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
