"""`run`: a command of the learner's, run in their own process, its streams in the suite's hands."""

from __future__ import annotations

import os
import selectors
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from sandbox.runner.suite.hands import Hands, NoAnswer
from sandbox.runner.suite.recorder import Recorder, cut

OUTPUT_LIMIT: Final = 1024 * 1024
"""Bytes that a command may write to each of its streams."""

PIECE: Final = 64 * 1024

OPENED: Final = (0o604, 0o602, 0o602)
"""The modes of the pipes, which are the suite's, so that learners can open /dev/stdin and so on."""


@dataclass(frozen=True, slots=True)
class Completed:
    """How a command ended: its exit code (minus the number of the signal that ended it), and what
    it wrote, as text."""

    exit_code: int
    stdout: str
    stderr: str


class Run:
    """`run("python", "report.py", …)`. Commands of one test share the learner's folder."""

    def __init__(self, hands: Hands, recorder: Recorder) -> None:
        self._hands = hands
        self._recorder = recorder

    def __call__(
        self,
        *command: str,
        stdin: str | bytes | Iterable[bytes] = b"",
        files: Mapping[str, str] | None = None,
        env: Mapping[str, str] | None = None,
        memory_mb: int | None = None,
        warm: bool = False,
        shown: bool = True,
    ) -> Completed:
        """Run `command` in the learner's folder and wait for its end.

        `stdin` may be an iterable of pieces, which are sent as the command takes them. `files`
        are written first. `memory_mb` bounds the address space. With `warm` a command `python …`
        runs in a fork of a process that has imported what the environment names. With `shown` set
        to False learners do not read what it wrote. Raises NoAnswer.
        """
        if warm and (command[0] != "python" or memory_mb is not None):
            raise ValueError("`warm` is for `python …`, and without `memory_mb`")
        request = {
            "do": "run",
            "command": list(command),
            "files": dict(files or {}),
            "environ": dict(env or {}),
            "memory_mb": memory_mb,
            "warm": warm,
        }
        began = time.monotonic()
        exchange: dict[str, Any] = {"kind": "run", "command": cut(" ".join(command)), "error": None}
        exchange |= {"exit_code": None, "stdin": _start_of(stdin), "stdout": "", "stderr": ""}
        exchange |= {"shown": shown}
        try:
            done = self._run(request, stdin)
            exchange |= {"exit_code": done.exit_code}
            if shown:
                exchange |= {"stdout": cut(done.stdout), "stderr": cut(done.stderr)}
            return done
        except NoAnswer as error:
            exchange["error"] = cut(str(error))
            raise
        finally:
            exchange["seconds"] = round(time.monotonic() - began, 4)
            self._recorder.add(exchange)

    def _run(self, request: dict[str, Any], stdin: str | bytes | Iterable[bytes]) -> Completed:
        with _Streams(_pieces(stdin)) as streams:
            answer = self._hands.ask(request, streams.theirs, streams.attend)
        if "error" in answer:
            raise NoAnswer(f"The command can't be run: {cut(str(answer['error']), 300)}.")
        code = answer.get("exit_code")
        if type(code) is not int:
            raise NoAnswer("Your program's answer makes no sense.")
        return Completed(code, *(bytes(got).decode("utf-8", "replace") for got in streams.got))


class _Streams:
    """The three standard streams of a command: pipes whose other ends are kept here."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.got = (bytearray(), bytearray())
        self._pieces = pieces
        self._waiting = memoryview(b"")
        reading, self._stdin = os.pipe()
        self._stdout, out = os.pipe()
        self._stderr, err = os.pipe()
        self.theirs = (reading, out, err)
        with suppress(PermissionError):  # gVisor changes no pipe's mode
            for fd, mode in zip(self.theirs, OPENED, strict=True):
                os.fchmod(fd, mode)
        os.set_blocking(self._stdin, False)

    def __enter__(self) -> _Streams:
        return self

    def __exit__(self, *_: object) -> None:
        self._close_theirs()
        for fd in (self._stdin, self._stdout, self._stderr):
            if fd >= 0:
                os.close(fd)

    def attend(self, connection: socket.socket, deadline: float) -> None:
        """Feed and read until `connection` can be read and all that was written is here.

        Raises TimeoutError, and NoAnswer for a command that writes too much.
        """
        self._close_theirs()
        with selectors.DefaultSelector() as selector:
            selector.register(self._stdin, selectors.EVENT_WRITE)
            for fd, got in zip((self._stdout, self._stderr), self.got, strict=True):
                selector.register(fd, selectors.EVENT_READ, got)
            selector.register(connection, selectors.EVENT_READ)
            while connection.fileno() in selector.get_map():
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                self._serve(selector, selector.select(left), connection)
            self._drain(selector)

    def _serve(
        self,
        selector: selectors.BaseSelector,
        ready: list[tuple[selectors.SelectorKey, int]],
        connection: socket.socket,
    ) -> None:
        for key, _ in ready:
            if key.fileobj is connection:
                selector.unregister(connection)
            elif key.fd == self._stdin:
                if not self._feed():
                    selector.unregister(key.fd)
                    os.close(self._stdin)
                    self._stdin = -1
            elif not _take(key.fd, key.data):
                selector.unregister(key.fd)

    def _feed(self) -> bool:
        """Write what fits; return whether there is more to come."""
        try:
            while True:
                if not self._waiting:
                    self._waiting = memoryview(next(self._pieces))
                self._waiting = self._waiting[os.write(self._stdin, self._waiting) :]
        except BlockingIOError:
            return True
        except (StopIteration, BrokenPipeError):  # all is sent, or the command reads no more
            return False

    def _drain(self, selector: selectors.BaseSelector) -> None:
        """Take what the command had written when it ended. Its children may hold the pipes open."""
        for fd in (self._stdout, self._stderr):
            if fd in selector.get_map():
                os.set_blocking(fd, False)
                with suppress(BlockingIOError):
                    while _take(fd, self.got[0] if fd == self._stdout else self.got[1]):
                        pass

    def _close_theirs(self) -> None:
        theirs, self.theirs = self.theirs, ()  # type: ignore[assignment]  # closed once
        for fd in theirs:
            os.close(fd)


def _take(fd: int, got: bytearray) -> bool:
    """Read a piece; return whether there may be more. Raises NoAnswer for too much."""
    piece = os.read(fd, PIECE)
    got += piece
    if len(got) > OUTPUT_LIMIT:
        raise NoAnswer(f"The command wrote more than {OUTPUT_LIMIT:,} bytes.")
    return bool(piece)


def _pieces(stdin: str | bytes | Iterable[bytes]) -> Iterator[bytes]:
    if isinstance(stdin, str):
        stdin = stdin.encode()
    whole = [stdin] if isinstance(stdin, bytes) else stdin
    return (piece for piece in whole if piece)


def _start_of(stdin: str | bytes | Iterable[bytes]) -> str:
    if isinstance(stdin, bytes):
        return cut(stdin[:8192].decode("utf-8", "replace"))
    return cut(stdin) if isinstance(stdin, str) else "(a stream)"
