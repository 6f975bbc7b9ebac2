"""Running the learner's commands."""

from __future__ import annotations

import atexit
import importlib.util
import os
import resource
import runpy
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NoReturn

_RUNPY: Final = runpy.run_path.__code__.co_filename

NOT_STARTED: Final = 127
"""What a shell says of a command that is not there (POSIX, 2.8.2)."""


def run_command(request: dict[str, Any], streams: list[int], directory: Path) -> dict[str, Any]:
    """Run a command to its end and return its `exit_code`: minus the signal that ended it.

    `request` has `command`, `files` to write first (texts by name), `environ` on top of ours,
    `memory_mb` (of address space) or None, and `warm`: a Python program is then run in a fork of
    this process, which has imported already what the environment names. `streams` become its
    standard streams.
    """
    try:
        _write(request["files"], directory)
        if request["warm"]:
            _import_ahead(request["command"], directory)
        run = _run_warm if request["warm"] else _run_apart
        return {"exit_code": run(request, streams)}
    except OSError as error:
        return {"exit_code": NOT_STARTED, "error": f"{request['command'][0]}: {error.strerror}"}
    finally:
        for fd in streams:
            os.close(fd)


def _write(files: Mapping[str, str], directory: Path) -> None:
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def _import_ahead(command: list[str], directory: Path) -> None:
    """Import what `python -m` names here, for this fork and later ones, unless it is theirs."""
    if command[1] != "-m":
        return
    found = importlib.util.find_spec(command[2].partition(".")[0])
    if found and found.origin and not found.origin.startswith(f"{directory}/"):
        importlib.import_module(found.name)


def _run_apart(request: dict[str, Any], streams: list[int]) -> int:
    stdin, stdout, stderr = streams
    done = subprocess.run(
        request["command"],
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env=os.environ | request["environ"],
        preexec_fn=_limit(request["memory_mb"]),  # this process has one thread
        check=False,
    )
    return done.returncode


def _limit(memory_mb: int | None) -> Callable[[], None] | None:
    if memory_mb is None:
        return None
    size = memory_mb * 1024 * 1024
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _run_warm(request: dict[str, Any], streams: list[int]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    pid = os.fork()
    if pid == 0:
        _become(request, streams)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _become(request: dict[str, Any], streams: list[int]) -> NoReturn:
    """In a fork: be what `python …` would be. Never returns."""
    code = 1
    try:
        for number, fd in enumerate(streams):
            os.dup2(fd, number)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        os.environ.update(request["environ"])
        sys.excepthook = _without_ours
        code = _run_python(request["command"][1:])
    finally:
        os._exit(code)


def _run_python(arguments: list[str]) -> int:
    try:
        _run_main(arguments)
    except SystemExit as leaving:
        return _exit_code(leaving.code)
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        return 1
    finally:
        threading._shutdown()  # type: ignore[attr-defined]  # as the interpreter does at its end
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):
                stream.flush()
    return 0


def _run_main(arguments: list[str]) -> None:
    """Run `-m MODULE …` or `FILE …` as `__main__`."""
    first, *rest = arguments
    if first == "-m":
        sys.argv = rest
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
        return
    sys.argv = arguments
    sys.path.insert(0, str(Path(first).resolve().parent))
    runpy.run_path(first, run_name="__main__")


def _exit_code(code: object) -> int:
    """What the interpreter makes of `sys.exit(code)`."""
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _without_ours(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Print the traceback from the program's own first line on."""
    while trace is not None and trace.tb_frame.f_code.co_filename in (__file__, _RUNPY):
        trace = trace.tb_next
    sys.__excepthook__(kind, error.with_traceback(trace), trace)
