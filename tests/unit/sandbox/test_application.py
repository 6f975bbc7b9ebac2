"""Finding the learner's application, and the words for those who have none."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from sandbox.runner.subject.applications import NotAnApplication, load_application
from sandbox.runner.subject.tracebacks import LONGEST, trimmed

_NUMBERS: Final = itertools.count()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The learner's folder, from which modules are imported."""
    sys.path.insert(0, str(tmp_path))
    yield tmp_path
    sys.path.remove(str(tmp_path))


def load(folder: Path, code: str, name: str = "create_app") -> object:
    """Write `code` as a module of a name of its own, and load what `name` is there."""
    module = f"submitted_{next(_NUMBERS)}"
    (folder / f"{module}.py").write_text(code)
    return load_application(f"{module}:{name}")


def said(folder: Path, code: str) -> str:
    with pytest.raises(BaseException) as caught:  # noqa: PT011  # whatever learners raise
        load(folder, code)
    return trimmed(caught.value, folder)


def test_a_factory_is_called(folder: Path) -> None:
    code = "from flask import Flask\ndef create_app():\n    return Flask('made')\n"
    assert getattr(load(folder, code), "name", "") == "made"


def test_a_factory_may_have_parameters_that_need_no_value(folder: Path) -> None:
    code = "from flask import Flask\ndef create_app(a=1, *b, c=2, **d):\n    return Flask('made')\n"
    assert getattr(load(folder, code), "name", "") == "made"


@pytest.mark.parametrize(
    "code",
    [
        "class create_app:\n    name = 'made'\n    def __call__(self, environ, start): ...\n",
        "import flask, functools\ncreate_app = functools.partial(flask.Flask, 'made')\n",
    ],
)
def test_a_class_or_a_partial_is_a_factory_too(folder: Path, code: str) -> None:
    assert getattr(load(folder, code), "name", "") == "made"


def test_a_factory_that_wants_a_value_is_told_so(folder: Path) -> None:
    with pytest.raises(NotAnApplication, match="called without arguments, but yours wants: config"):
        load(folder, "def create_app(config): return None\n")


def test_an_application_is_taken_as_it_is(folder: Path) -> None:
    code = "from flask import Flask\napp = Flask('plain')\n"
    assert getattr(load(folder, code, "app"), "name", "") == "plain"


def test_a_wsgi_function_is_an_application_and_no_factory(folder: Path) -> None:
    code = "def app(environ, start_response):\n    return []\n"
    assert getattr(load(folder, code, "app"), "__name__", "") == "app"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("x = 1", "has no `create_app`. The exercise asks for it."),
        ("def create_app(): pass", "create_app() returned NoneType, which is no web application."),
        ("def create_app(): return 'app'", "create_app() returned str, which is no web"),
        ("create_app = 7", "`create_app`, which is no web application."),
    ],
)
def test_what_is_no_application_gets_a_sentence(folder: Path, code: str, words: str) -> None:
    with pytest.raises(NotAnApplication) as caught:
        load(folder, code)
    assert words in str(caught.value)


def test_an_error_at_import_shows_the_learners_file_and_line(folder: Path) -> None:
    text = said(folder, "import json\njson.loads('{')\n")
    assert "submitted_" in text
    assert "line 2" in text
    assert "json.loads('{')" in text
    assert text.splitlines()[-1].startswith("json.decoder.JSONDecodeError: ")


def test_a_traceback_names_no_file_but_the_learners(folder: Path) -> None:
    text = said(folder, "import json\njson.loads('{')\n")
    assert str(folder) not in text
    assert "importlib" not in text
    assert "decoder.py" not in text


def test_a_cause_is_trimmed_too(folder: Path) -> None:
    code = "import json\ntry:\n    json.loads('{')\nexcept ValueError as e:\n"
    text = said(folder, f"{code}    raise KeyError from e\n")
    assert "direct cause" in text
    assert text.endswith("KeyError")
    assert "decoder.py" not in text


def test_a_syntax_error_points_at_its_place(folder: Path) -> None:
    text = said(folder, "def create_app(:\n    pass\n")
    assert text.endswith("SyntaxError: invalid syntax")
    assert "def create_app(:" in text
    assert str(folder) not in text


def test_even_leaving_the_program_is_explained(folder: Path) -> None:
    assert said(folder, "import sys\nsys.exit('bye')\n").endswith("SystemExit: bye")


def test_a_long_traceback_keeps_its_end(folder: Path) -> None:
    text = said(folder, "raise ValueError('x' * 100_000 + 'the end')")
    assert len(text) <= LONGEST
    assert text.endswith("the end")


def test_a_chain_of_errors_longer_than_the_stack_is_trimmed(folder: Path) -> None:
    link = "    link = ValueError(n)\n    link.__context__ = error\n    error = link\n"
    code = f"error = None\nfor n in range(5000):\n{link}raise error\n"
    assert said(folder, code).endswith("ValueError: 4999")


def test_errors_in_a_group_are_trimmed_too(folder: Path) -> None:
    inner = "try:\n    json.loads('{')\nexcept ValueError as e:\n    f = e\n"
    text = said(folder, f"import json\n{inner}raise ExceptionGroup('two', [f, KeyError('x')])\n")
    assert "json.loads('{')" in text
    assert "decoder.py" not in text
