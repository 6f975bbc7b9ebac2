"""Requests to the learner's running application."""

from __future__ import annotations

import httpx

from sandbox.protocol import Frame
from sandbox.runner.suite.context import Context
from sandbox.runner.suite.recorder import cut
from sandbox.runner.suite.subject import SubjectCrashed
from sandbox.runner.suite.transport import BadAnswer, client_to
from sandbox.runner.suite.tryout.talk import ANSWER_SECONDS, Talk


class WebTryout:
    """Sends one request after another. An application that has gone is started anew for the next
    one; what it kept in files or in memory is lost then, what it kept in services is not."""

    def __init__(self, context: Context, talk: Talk) -> None:
        self._context = context
        self._talk = talk

    def serve(self) -> None:
        """Answer until there is no more question."""
        question = self._talk.hear()
        while question is not None:
            question = self._one_life(question)

    def _one_life(self, question: Frame) -> Frame | None:
        """Answer as long as the application lives; then tell the question that finds it
        dead, and return the next one."""
        process = self._context.process
        lost = {"crashed": ""}
        try:
            with (
                process.running() as path,
                client_to(path, ANSWER_SECONDS, self._context.recorder) as client,
            ):
                while not (lost := self._ask(client, question)).get("ended"):
                    self._talk.tell(question, **lost, output=process.output_so_far())
                    following = self._talk.hear()
                    if following is None:
                        return None
                    question = following
        except SubjectCrashed as error:
            lost = {"crashed": cut(str(error))}
        self._talk.tell(question, **lost, output=process.take_output())
        return self._talk.hear()

    def _ask(self, client: httpx.Client, question: Frame) -> Frame:
        """Return the exchange, and whether the application has `ended` with it."""
        headers = [(name, value) for name, value in question["headers"]]
        body = question["body"].encode()
        try:
            client.request(question["method"], question["path"], headers=headers, content=body)
        except (httpx.HTTPError, BadAnswer):
            pass  # the exchange tells
        except (httpx.InvalidURL, ValueError) as error:
            return {"refused": cut(f"This can't be sent: {error}", 300)}
        exchange = self._context.recorder.take()[-1]
        return {"exchange": exchange, "ended": exchange["response"] is None}
