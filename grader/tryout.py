"""Lets a learner try their own work in one sandbox, question by question. Nothing is judged."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from grader.exercise import Exercise
from grader.frames import tryout_frames
from grader.text import clean, clean_all
from sandbox.errors import SandboxFailed
from sandbox.interface import Sandbox

SECONDS: Final = 1800.0
"""How long a tryout may last."""

ANSWER_SECONDS: Final = 25.0
"""How long to wait for an answer: the sandbox gives one after eight seconds, and a program may have
to be started before that, and ended after it."""

WHY_SECONDS: Final = 0.3
"""How long to wait for a word on why a program has gone."""


class TryoutEnded(Exception):
    """There are no more answers; the message is a sentence for the learner."""


class TryoutBroken(Exception):
    """It ended by a mistake of ours or the author's; the message is for operators."""


class Tryout:
    """A learner's work at hand in `sandbox`, which is the caller's to discard."""

    def __init__(self, sandbox: Sandbox, exercise: Exercise, files: Mapping[str, str]) -> None:
        self._sandbox = sandbox
        self._number = 0
        for frame in tryout_frames(exercise, files, SECONDS):
            sandbox.send(frame)

    def ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to one question; both are JSON, and docs/architecture.md lists their
        keys. Raises TryoutEnded and TryoutBroken."""
        self._number += 1
        try:
            self._sandbox.send({**question, "type": "ask", "number": self._number})
            answer = self._answer(time.monotonic() + ANSWER_SECONDS)
            if answer.get("ended"):
                self._hear_why()
            return answer
        except TimeoutError:
            raise TryoutEnded("Your program kept its sandbox from answering.") from None
        except SandboxFailed as failure:
            raise TryoutBroken(f"The sandbox has ended: {failure}") from failure

    def _hear_why(self) -> None:
        """The program has gone: a limit that it passed ends the sandbox as well."""
        with suppress(TimeoutError):
            self._answer(time.monotonic() + WHY_SECONDS)

    def _answer(self, deadline: float) -> dict[str, Any]:
        while True:
            frame = self._sandbox.receive(deadline)
            if frame["type"] == "answer" and frame["number"] == self._number:
                answer = {key: frame[key] for key in frame if key not in ("type", "number")}
                return dict(clean_all(answer))
            if frame["type"] in _ENDS:
                raise _end(frame)


_ENDS: Final = ("end", "broken")

_REASONS: Final = {
    "timeout": "This was tried for half an hour, which is the limit.",
    "out_of_memory": "Your program took more memory than it may have, and was stopped.",
    "output_limit": "Your program printed more than 1 MiB, and was stopped.",
}


def _end(frame: Mapping[str, Any]) -> Exception:
    if (known := _REASONS.get(str(frame.get("reason")))) is not None:
        return TryoutEnded(known)
    return TryoutBroken(clean(str(frame.get("message") or frame)))
