"""Finding the learner's application: WSGI's or ASGI's."""

from __future__ import annotations

import functools
import importlib
import inspect
import signal
from typing import Any, Final

START_SECONDS: Final = 4.0
"""How long the application may take to be imported and made."""


class NotAnApplication(Exception):
    """What the exercise asks for is not there; the message tells the learner."""


def load_in_time(entry: str) -> Any:
    """Do as `load_application` does, or raise TimeoutError after `START_SECONDS`."""

    def too_slow(*_: object) -> None:
        raise TimeoutError(f"Your application was not ready after {START_SECONDS:g} s.")

    signal.signal(signal.SIGALRM, too_slow)
    signal.setitimer(signal.ITIMER_REAL, START_SECONDS)
    application = load_application(entry)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    return application


def load_application(entry: str) -> Any:
    """Import `module:name` and return its application, made by calling it if it is a factory.

    Raises NotAnApplication with a sentence for the learner, or whatever their code raises.
    """
    module_name, name = entry.split(":")
    module = importlib.import_module(module_name)
    if not hasattr(module, name):
        raise NotAnApplication(f"{module_name}.py has no `{name}`. The exercise asks for it.")
    found = getattr(module, name)
    made = found() if _is_factory(found, name) else found
    if not callable(made):
        what = f"{name}() returned {type(made).__name__}" if made is not found else f"`{name}`"
        raise NotAnApplication(f"{what}, which is no web application. Return your Flask object.")
    return made


def is_asynchronous(application: Any) -> bool:
    """Whether it is ASGI's (PEP 3333 knows no coroutines)."""
    called = getattr(application, "__call__", application)  # noqa: B004  # the method itself
    return inspect.iscoroutinefunction(application) or inspect.iscoroutinefunction(called)


def _is_factory(found: object, name: str) -> bool:
    """Whether `found` is to be called with nothing; what wants two arguments is WSGI itself, what
    wants three ASGI.

    An object such as Flask's, which can be called too, is an application as it is.
    """
    if not isinstance(found, (type, functools.partial)) and not inspect.isroutine(found):
        return False
    wanted = [
        parameter.name
        for parameter in inspect.signature(found).parameters.values()
        if parameter.default is parameter.empty
        and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    ]
    if wanted and len(wanted) != (3 if inspect.iscoroutinefunction(found) else 2):
        raise NotAnApplication(
            f"{name}() is called without arguments, but yours wants: {', '.join(wanted)}."
        )
    return not wanted
