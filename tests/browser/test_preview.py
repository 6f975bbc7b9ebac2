"""`backyard preview` as an author uses it: save, look, mend, try."""

from __future__ import annotations

import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import BACKYARD, free_port, wait_for_page

EXERCISE = {
    "exercise.toml": """
title = "A greeting"
summary = "A function that greets whoever comes."
difficulty = "intro"
skills = ["python"]
environment = "python"
files = ["greet.py"]
[subject]
kind = "python"
[wrong.rude]
fails = ["test_greet.py::test_it_greets"]
""",
    "README.md": "# A greeting\n\nWrite `greet(name)`, which returns hello and the name.\n",
    "tests/test_greet.py": '''
import pytest

@pytest.mark.visible
def test_it_greets(call):
    """It greets."""
    assert call("greet:greet", "Ada") == "hello Ada"
''',
    "starter/greet.py": "def greet(name):\n    pass\n",
    "solutions/accepted/reference/greet.py": "def greet(name):\n    return f'hello {name}'\n",
    "solutions/wrong/rude/greet.py": "def greet(name):\n    return name\n",
}
PATIENCE = 120_000
"""Milliseconds for the gate on a busy machine."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An exercise that proves itself."""
    folder = tmp_path / "demo" / "greeting"
    for name, text in EXERCISE.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def page(folder: Path, browser: Browser) -> Iterator[Page]:
    """The preview of it, in a browser."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    with (folder.parent.parent / "log").open("wb") as log:
        command = [BACKYARD, "preview", str(folder), "--port", str(port)]
        preview = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_for_page(f"{url}/preview", Path(log.name))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{url}/preview")
        yield page
        page.close()
    finally:
        preview.terminate()
        assert preview.wait(60) == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(url, timeout=5)


def test_an_author_sees_the_learners_page_the_gates_word_and_each_save(
    page: Page, folder: Path
) -> None:
    gate = page.get_by_role("region", name="What the gate says")
    shown = page.frame_locator("iframe")
    expect(gate).to_contain_text("The exercise proves itself.", timeout=PATIENCE)
    expect(shown.get_by_role("heading", name="A greeting", level=1)).to_be_visible()
    expect(shown.locator(".test-title")).to_have_text("It greets.")

    starter = folder / "starter" / "greet.py"
    starter.write_text(EXERCISE["solutions/accepted/reference/greet.py"])
    expect(gate).to_contain_text("The starter passes: there is nothing to do.", timeout=PATIENCE)
    starter.write_text(EXERCISE["starter/greet.py"])
    expect(gate).to_contain_text("The exercise proves itself.", timeout=PATIENCE)

    settings = folder / "exercise.toml"
    settings.write_text(EXERCISE["exercise.toml"].replace("A greeting", "A farewell"))
    heading = shown.get_by_role("heading", name="A farewell", level=1)
    expect(heading).to_be_visible(timeout=PATIENCE)
    settings.write_text("title == 1\n")
    expect(gate).to_contain_text("exercise.toml:1: This is not TOML", timeout=PATIENCE)
    expect(heading).to_be_visible()
    assert not (folder / "suite.lock.json").exists()


def test_an_author_can_hand_in_what_learners_will(page: Page) -> None:
    shown = page.frame_locator("iframe")
    code = shown.get_by_role("tab", name="Code")  # beside the gate's word there is little room
    expect(code).to_be_visible(timeout=PATIENCE)
    gate = page.get_by_role("region", name="What the gate says")
    expect(gate).to_contain_text("The exercise proves itself.", timeout=PATIENCE)
    code.click()
    shown.get_by_role("button", name="Submit").click()
    expect(shown.locator(".verdict-word")).to_have_text("Failed", timeout=PATIENCE)
    expect(shown.get_by_text("greet:greet('Ada')")).to_be_visible()
