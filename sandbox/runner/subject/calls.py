"""Calling the learner's functions and methods."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any, Final

from sandbox.runner import values
from sandbox.runner.subject.tracebacks import trimmed

SHOWN: Final = 300
"""Characters of an object's `repr` that cross with a reference to it."""

NAMES: Final = 40
"""Classes of an object that are named with a reference to it."""


class Calls:
    """Does calls, and keeps the objects that came out of them, for one test."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._objects: list[Any] = []

    def do(self, request: dict[str, Any], _: object) -> dict[str, Any]:
        """Return `{"value": …}`, encoded, or `{"raised": …}`: what the learner's code came to."""
        doing: dict[str, Callable[[dict[str, Any]], Any]] = {
            "call": self._call,
            "get": lambda asked: getattr(self._decode(asked["of"]), asked["name"]),
            "set": lambda asked: setattr(
                self._decode(asked["of"]), asked["name"], self._decode(asked["value"])
            ),
        }
        try:
            return {"value": values.encode(doing[request["do"]](request), self._keep)}
        except BaseException as error:
            return {"raised": self._explain(error)}
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()

    def _call(self, request: dict[str, Any]) -> Any:
        called = self._find(request)
        positional = [self._decode(value) for value in request["args"]]
        named = {name: self._decode(value) for name, value in request["kwargs"].items()}
        return called(*positional, **named)

    def _find(self, request: dict[str, Any]) -> Any:
        if "of" in request:
            return getattr(self._decode(request["of"]), request["name"])
        module, _, name = request["target"].partition(":")
        return reduce(getattr, name.split("."), importlib.import_module(module))

    def _decode(self, value: Any) -> Any:
        return values.decode(value, lambda reference: self._objects[reference["$ref"]])

    def _keep(self, value: Any) -> dict[str, Any]:
        self._objects.append(value)
        classes = [kind.__name__ for kind in type(value).__mro__]
        return {"$ref": len(self._objects) - 1, "types": classes[:NAMES], "shown": _shown(value)}

    def _explain(self, error: BaseException) -> dict[str, Any]:
        return {
            "types": [kind.__name__ for kind in type(error).__mro__][:NAMES],
            "message": _shown(error, str),
            "traceback": trimmed(error, self._directory),
        }


def _shown(value: Any, show: Callable[[Any], str] = repr) -> str:
    try:
        return show(value)[:SHOWN]
    except Exception as error:
        return f"<a {type(value).__name__} that can't be shown: {type(error).__name__}>"
