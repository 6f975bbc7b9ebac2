"""Serving the learner's WSGI application."""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import logging
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sandbox.runner import control
from sandbox.runner.subject import rehearsal
from sandbox.runner.subject.tracebacks import trim_logged, trimmed
from sandbox.runner.subject.wsgi import answer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

START_SECONDS: Final = 4.0
"""How long the application may take to be imported and made."""


class NotAnApplication(Exception):
    """What the exercise asks for is not there; the message tells the learner."""


class Server:
    """Serves one application after another, each on a listener of its own.

    One thread serves: a learner's SQLite connection or plain list then behaves as they expect.
    """

    def __init__(self) -> None:
        """Answer two requests of our own, and so be quick from then on."""
        self._application: WSGIApplication | None = None
        application = rehearsal.application()
        for request in rehearsal.REQUESTS:
            here, there = socket.socketpair()
            with here, there:
                here.sendall(request)
                answer(there, application)

    def make(self, entry: str, directory: Path, status: int) -> bool:
        """Make the application that `entry` names, from the files in `directory`.

        Says on `status` that it is ready, or why there is none; returns which.
        """
        trim_logged(directory)
        sys.path.insert(0, str(directory))
        try:
            self._application = _in_time(entry)
        except BaseException as error:
            say(status, {"crashed": _explain(error, directory)})
            return False
        say(status, {"ready": True})
        return True

    def serve(self, listener: int, orders: socket.socket) -> None:
        """Answer requests until there is an order, and forget the application."""
        application, self._application = self._application, None
        assert application is not None, "it was made before"
        with socket.socket(fileno=listener) as accepting:
            while orders not in select.select([accepting, orders], [], [])[0]:
                connection, _ = accepting.accept()
                with connection:
                    _answer(connection, application)
        control.receive(orders)


def say(status: int, message: dict[str, Any]) -> None:
    """Tell the suite, in one line of JSON, how the start went."""
    os.write(status, json.dumps(message).encode() + b"\n")


def load_application(entry: str) -> WSGIApplication:
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
    application: WSGIApplication = made
    return application


def _answer(connection: socket.socket, application: WSGIApplication) -> None:
    try:
        answer(connection, application)
    except OSError:  # the suite has left in the meantime
        pass
    except Exception:
        logging.getLogger("server").exception("The application failed.")
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)  # though a child may still hold it


def _in_time(entry: str) -> WSGIApplication:
    def too_slow(*_: object) -> None:
        raise TimeoutError(f"Your application was not ready after {START_SECONDS:g} s.")

    signal.signal(signal.SIGALRM, too_slow)
    signal.setitimer(signal.ITIMER_REAL, START_SECONDS)
    application = load_application(entry)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    return application


def _is_factory(found: object, name: str) -> bool:
    """Whether `found` is to be called with nothing; what wants two arguments is WSGI itself.

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
    if wanted and len(wanted) != 2:
        raise NotAnApplication(
            f"{name}() is called without arguments, but yours wants: {', '.join(wanted)}."
        )
    return not wanted


def _explain(error: BaseException, directory: Path) -> str:
    if isinstance(error, NotAnApplication):
        return str(error)
    return trimmed(error, directory)
