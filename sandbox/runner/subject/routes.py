"""Compiling the functions that build a route's URL once in a process, and not in each application.

Werkzeug makes two for each rule, by way of a syntax tree: with six routes that is two thirds of the
time that Flask takes to make an application. What they do follows from the rule's text and parts,
unless it has defaults.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

_Builder = Callable[..., tuple[str, str]]

_compile_builder = Rule._compile_builder
_made: dict[object, _Builder] = {}


def remember_routes() -> None:
    """Have the functions of equal rules made once."""
    Rule._compile_builder = _remembered  # type: ignore[assignment,method-assign]


def _remembered(rule: Any, append_unknown: bool = True) -> _Builder:
    if rule.defaults:
        return _compile_builder(rule, append_unknown)
    key = (rule.rule, tuple(rule._trace), append_unknown)
    if key not in _made:
        _made[key] = _compile_builder(rule, append_unknown)
    return _made[key]
