"""An exercise in memory, its folder on disk, and sandboxes that answer from a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from grader.exercise import Exercise, Metadata
from grader.verdict import Test
from sandbox.environment import Environment
from sandbox.fake import FakeProvider, Script
from sandbox.pool import Pool
from sandbox.protocol import Frame

FIRST, SECOND = "test_it.py::test_first", "test_it.py::test_second"
TESTS: Final = (Test(FIRST, "The first.", points=1, visible=True), Test(SECOND, "The second.", 3))

TOML: Final = """
title = "An exercise"
summary = "Something to try the grader with."
difficulty = "easy"
skills = ["http"]
environment = "python"
files = ["app.py"]

[subject]
kind = "http"
app = "app:app"

[limits]
seconds = 5

[wrong.lazy]
fails = ["test_it.py::test_second"]
"""

SUITE: Final = '''import pytest


@pytest.mark.visible
def test_first(client):
    """The first."""
    assert client.get("/").text == "right"


@pytest.mark.points(3)
def test_second(client):
    """The second."""
'''

FOLDER: Final = {
    "exercise.toml": TOML,
    "README.md": "# An exercise\n",
    "starter/app.py": "# start here\n",
    "tests/test_it.py": SUITE,
    "solutions/accepted/reference/app.py": "# right\n",
    "solutions/wrong/lazy/app.py": "# lazy\n",
    "hints/1.md": "Think.\n",
    "hints/2.md": "Think again.\n",
}

SUBJECT: Final = {"kind": "http", "app": "app:app"}


def metadata(**changes: Any) -> Metadata:
    """Good metadata, with `changes` on top."""
    good = {
        "title": "An exercise",
        "summary": "Something to try the grader with.",
        "difficulty": "easy",
        "skills": ["http"],
        "environment": "python",
        "files": ["app.py"],
        "subject": SUBJECT,
        "limits": {"seconds": 5},
        "wrong": {"lazy": {"fails": [SECOND]}},
    }
    return Metadata.model_validate(good | changes)


def exercise(tests: tuple[Test, ...] = TESTS, **changes: Any) -> Exercise:
    """An exercise whose solutions tell a script, by their text, how they want to be judged."""
    fields: dict[str, Any] = {
        "track": "demo",
        "slug": "small",
        "metadata": metadata(),
        "statement": "# An exercise\n",
        "starter": {"app.py": "starter"},
        "suite": {"test_it.py": SUITE},
        "tests": tests,
        "hints": ("Think.",),
        "accepted": {"reference": {"app.py": "right"}},
        "wrong": {"lazy": {"app.py": "lazy"}},
        "content_hash": "c" * 64,
    }
    return Exercise(**fields | changes)


def in_folder(root: Path, changes: Mapping[str, str | None] | None = None) -> Path:
    """Write `FOLDER`, with `changes` (None leaves a file out), to `root`/demo/small."""
    folder = root / "demo" / "small"
    for name, text in {**FOLDER, **(changes or {})}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return folder


def collected(tests: Iterable[Test] = TESTS) -> Frame:
    """What the suite says before it runs."""
    listed = [
        {"id": t.id, "title": t.title, "points": t.points, "visible": t.visible} for t in tests
    ]
    return {"type": "collected", "tests": listed}


def told(test_id: str, outcome: str = "passed", **changes: Any) -> Frame:
    """What the suite says of one test."""
    frame: Frame = {
        "type": "test",
        "id": test_id,
        "outcome": outcome,
        "seconds": 0.01,
        "message": "",
        "timed_out": False,
        "subject_seconds": 0.0,
        "exchanges": [],
        "output": "",
    }
    return frame | changes


def end(reason: str = "finished", message: str = "") -> Frame:
    """What PID 1 says at last."""
    return {"type": "end", "reason": reason, "message": message}


PASSES: Final = (collected(), told(FIRST), told(SECOND), end())


@contextmanager
def fake_pool(
    script: Script | Iterable[Frame | None], size: int = 1
) -> Iterator[tuple[Pool, FakeProvider]]:
    """A pool of fake sandboxes that all answer with `script`: frames, or a function of the job."""
    frames = script if callable(script) else (lambda _: script)
    provider = FakeProvider(frames)
    environment = Environment(name="python", image="x", memory_mb=64, idle_mb=32, pool=size)
    with Pool(provider, {"python": environment}) as pool:
        yield pool, provider
