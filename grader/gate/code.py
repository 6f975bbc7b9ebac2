"""Whether a piece of code that a page shows is code. Pure.

Pages show pieces: a method without its class, `...` for what is left out, a session at a prompt.
None of that is an error; what no reading makes sense of is.
"""

from __future__ import annotations

import ast
import doctest
import json
import logging
import re
import tomllib
from collections.abc import Callable, Mapping
from textwrap import dedent
from typing import Final

import sqlglot
from sqlglot.errors import SqlglotError

_OMITTED: Final = re.compile(r"…|\.\.\.")
_DIALECTS: Final = ("postgres", "sqlite")

logging.getLogger("sqlglot").setLevel(logging.ERROR)  # it warns of what it leaves unparsed


class NotCode(ValueError):
    """The text is not in its language. `line` counts from 1 within it, None where unknown."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def check_code(language: str, text: str) -> None:
    """Raise NotCode unless `text` is a piece of `language`; others than ours are all right."""
    if check := _CHECKS.get(language.lower()):
        check(text)


def _python(text: str) -> None:
    if ">>> " in text:
        return _python_session(text)
    text = dedent(text).replace("…", "...")
    readings = (text, f"{text}\ndef _(): ...", f"{text.rstrip()}\n    ...")
    failures = [failure for reading in readings if (failure := _python_error(reading))]
    if len(failures) == len(readings):
        raise NotCode(failures[0].msg, failures[0].lineno)
    return None


def _python_session(text: str) -> None:
    try:
        examples = doctest.DocTestParser().get_examples(text)
    except ValueError as error:
        raise NotCode(str(error)) from None
    for example in examples:
        if failure := _python_error(example.source.replace("…", "...")):
            raise NotCode(failure.msg, example.lineno + (failure.lineno or 1))


def _python_error(text: str) -> SyntaxError | None:
    try:
        ast.parse(text)
    except SyntaxError as error:
        return error
    return None


def _json(text: str) -> None:
    whole = _OMITTED.sub("null", text)
    try:
        json.loads(text if _is_json(text) else whole)
    except ValueError as error:
        if not all(map(_is_json, whole.splitlines())):  # nor a line for each document
            raise NotCode(str(error), getattr(error, "lineno", None)) from None


def _is_json(text: str) -> bool:
    try:
        json.loads(text or "null")
    except ValueError:
        return False
    return True


def _sql(text: str) -> None:
    failures = [error for dialect in _DIALECTS if (error := _sql_error(text, dialect))]
    if len(failures) == len(_DIALECTS):
        raise failures[0]


def _sql_error(text: str, dialect: str) -> NotCode | None:
    try:
        sqlglot.parse(_OMITTED.sub("NULL", text), read=dialect)
    except SqlglotError as error:
        details = getattr(error, "errors", None) or [{}]
        description = details[0].get("description") or str(error).splitlines()[0]
        return NotCode(str(description).rstrip("."), details[0].get("line"))
    return None


def _toml(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotCode(str(error)) from None


_CHECKS: Final[Mapping[str, Callable[[str], None]]] = {
    "python": _python,
    "py": _python,
    "pycon": _python_session,
    "json": _json,
    "sql": _sql,
    "postgresql": _sql,
    "toml": _toml,
}
