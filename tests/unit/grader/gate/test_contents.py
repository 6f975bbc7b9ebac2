"""What an exercise's folder must hold, told before anything runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.exercise import Exercise
from grader.gate import check
from tests.unit.grader.examples import exercise, fake_pool, metadata


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda e: replace(e, suite={}), "tests/: tests/ is empty. Write test_*.py."),
        (lambda e: replace(e, accepted={}), "solutions/accepted/ is empty"),
        (lambda e: replace(e, wrong={}), "solutions/wrong/ is empty"),
        (lambda e: replace(e, statement="No heading."),
         "README.md:1: The statement does not begin with a heading."),
        (lambda e: replace(e, wrong=e.wrong | {"new": {"app.py": ""}}),
         "exercise.toml: solutions/wrong/new has no [wrong.new]."),
        (lambda e: replace(e, wrong={"new": {"app.py": ""}}),
         "exercise.toml: [wrong.lazy] has no folder solutions/wrong/lazy."),
        (lambda e: replace(e, starter={"app.py": "import os\ndef f(:\n"}),
         "starter/app.py:2: The starter does not even load"),
        (lambda e: replace(e, metadata=metadata(files=["app.py", "App.py"])),
         "exercise.toml: app.py and App.py differ in upper and lower case only. Rename one"),
        (lambda e: replace(e, metadata=metadata(files=["app.py", "app/__init__.py"])),
         "exercise.toml: Python would take app/__init__.py in place of app.py."),
    ],
)  # fmt: skip
def test_what_a_folder_lacks_is_told_before_anything_runs(
    change: Callable[[Exercise], Exercise], words: str
) -> None:
    with fake_pool(()) as (pool, provider):
        result = check(change(exercise(tests=())), pool)
    assert words in "\n".join(map(str, result.problems))
    assert not any(sandbox.sent for sandbox in provider.started)
