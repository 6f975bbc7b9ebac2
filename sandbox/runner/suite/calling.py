"""`call`: the learner's functions and objects, called in their own process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sandbox.runner import values
from sandbox.runner.suite.hands import Hands, NoAnswer
from sandbox.runner.suite.recorder import Recorder, cut


class Raised(Exception):
    """The learner's code raised. `types` are the names of the exception's classes, its own first;
    `message` is its text."""

    def __init__(self, types: tuple[str, ...], message: str, traceback: str) -> None:
        super().__init__(traceback or f"{types[0]}: {message}")
        self.types = types
        self.message = message


class Expected:
    """What `call.raises` caught: `types` and `message`, as of `Raised`, once it has been raised."""

    types: tuple[str, ...] = ()
    message: str = ""


class Thing:
    """An object of the learner's, which stays in their process.

    `types` are the names of its classes, its own first, as far as `object`.
    """

    def __init__(self, call: Call, reference: dict[str, Any]) -> None:
        self.types = tuple(str(name) for name in reference.get("types") or ["object"])
        self._number = int(reference["$ref"])
        self._shown = cut(str(reference.get("shown")), 300)
        self._call = call

    @property
    def type(self) -> str:
        """The name of its class."""
        return self.types[0]

    def call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call its method with these values. Raises Raised."""
        given = {"args": list(args), "kwargs": kwargs}
        return self._call.ask({"do": "call", "of": self, "name": method, **given})

    def get(self, name: str) -> Any:
        """Return its attribute. Raises Raised, with the type AttributeError where it has none."""
        return self._call.ask({"do": "get", "of": self, "name": name})

    def set(self, name: str, value: Any) -> None:
        """Assign to its attribute. Raises Raised."""
        self._call.ask({"do": "set", "of": self, "name": name, "value": value})

    def __repr__(self) -> str:
        return self._shown

    def reference(self) -> dict[str, int]:
        """What stands for it on its way back."""
        return {"$ref": self._number}


class Call:
    """`call("module:name", …)`. Each test has a process whose modules are imported anew.

    Values are builtins (with Decimal, date and datetime); what is none of them comes as a `Thing`.
    """

    def __init__(self, hands: Hands, recorder: Recorder) -> None:
        self._hands = hands
        self._recorder = recorder

    def __call__(self, target: str, *args: Any, **kwargs: Any) -> Any:
        """Call the function or class `target`, such as `shop:Cart`, and return what it returns.

        Raises Raised where it raises, and NoAnswer.
        """
        return self.ask({"do": "call", "target": target, "args": list(args), "kwargs": kwargs})

    @contextmanager
    def raises(self, name: str) -> Iterator[Expected]:
        """Expect an exception of the class called `name`, or of one derived from it."""
        expected = Expected()
        try:
            yield expected
        except Raised as raised:
            expected.types, expected.message = raised.types, raised.message
            if name not in raised.types:
                raise AssertionError(f"{name} is expected here, but: {raised}") from None
            return
        raise AssertionError(f"{name} is expected here, but nothing was raised.")

    def ask(self, request: dict[str, Any]) -> Any:
        """Send one request whose values are not yet encoded, and return the value it comes to."""
        began = time.monotonic()
        exchange: dict[str, Any] = {"kind": "call", "call": cut(_words(request))}
        exchange |= {"result": None, "error": None}
        try:
            value = self._value(self._hands.ask(_encoded(request)))
            exchange["result"] = cut(_shown(value))
            return value
        except (Raised, NoAnswer) as error:
            exchange["error"] = cut(str(error))
            raise
        finally:
            exchange["seconds"] = round(time.monotonic() - began, 4)
            self._recorder.add(exchange)

    def _value(self, answer: dict[str, Any]) -> Any:
        try:
            if "raised" in answer:
                raise _raised(answer["raised"])
            return values.decode(answer["value"], lambda reference: Thing(self, reference))
        except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
            raise NoAnswer("Your program's answer makes no sense.") from None


def _raised(told: dict[str, Any]) -> Raised:
    types = tuple(str(name) for name in told["types"]) or ("Exception",)
    return Raised(types, str(told["message"]), str(told["traceback"]))


def _encoded(request: dict[str, Any]) -> dict[str, Any]:
    encoded = ("of", "value", "args")
    sent = {name: _encode(part) if name in encoded else part for name, part in request.items()}
    if "kwargs" in request:  # by name: these are no value of the test's
        sent["kwargs"] = {name: _encode(value) for name, value in request["kwargs"].items()}
    return sent


def _encode(value: Any) -> Any:
    def refuse(value: Any) -> Any:
        if isinstance(value, Thing):
            return value.reference()
        raise TypeError(f"{type(value).__name__} is no value that a call can take")

    return values.encode(value, refuse)


def _words(request: dict[str, Any]) -> str:
    """The request as Python would write it."""
    of = request.get("of")
    what = request["target"] if of is None else f"({of!r}).{request['name']}"
    if request["do"] == "set":
        return f"{what} = {_shown(request['value'])}"
    if request["do"] == "get":
        return what
    named = [f"{name}={_shown(value)}" for name, value in request["kwargs"].items()]
    return f"{what}({', '.join([*map(_shown, request['args']), *named])})"


def _shown(value: Any) -> str:
    try:
        return repr(value)
    except ValueError:  # a whole number of thousands of digits
        return "(a value too long to be shown)"
