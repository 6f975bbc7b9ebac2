"""When a sandbox serves the gate again, and when it is destroyed."""

from __future__ import annotations

from collections import deque

import pytest

from grader.gate.series import MOST_RUNS, Series
from sandbox.interface import Sandbox
from sandbox.protocol import Frame

END: Frame = {"type": "end", "reason": "finished", "again": True}


class Answering:
    """A sandbox that says what was put into `answers`."""

    def __init__(self) -> None:
        self.sent: list[Frame] = []
        self.answers: deque[Frame] = deque()
        self.lives = True

    def send(self, frame: Frame) -> None:
        self.sent.append(frame)

    def receive(self, deadline: float) -> Frame:
        answer = self.answers.popleft()
        is_last = answer["type"] == "end" and self.sent[-2]["again"] is False
        return answer | {"again": False} if is_last else answer

    def alive(self) -> bool:
        return self.lives

    def destroy(self) -> None:
        raise AssertionError("that is for where it was taken")


class Place:
    """Where sandboxes are taken: it notes those that it has given and got back."""

    def __init__(self) -> None:
        self.given: list[Answering] = []
        self.back: list[Sandbox] = []
        self.turns = 0

    def await_turn(self) -> None:
        self.turns += 1

    def is_warm(self, name: str) -> bool:
        return False

    def take(self, name: str) -> Answering:
        self.given.append(Answering())
        return self.given[-1]

    def discard(self, sandbox: Sandbox) -> None:
        self.back.append(sandbox)


def run(place: Place, series: Series, *frames: Frame) -> None:
    """Make one run that answers with these frames, and give the sandbox back."""
    sandbox = series.take("python")
    for kind in ("job", "suite"):
        sandbox.send({"type": kind})
    place.given[-1].answers.extend(frames)
    for _ in frames:
        sandbox.receive(0)
    series.discard(sandbox)


def test_a_sandbox_that_is_as_new_serves_again_and_is_asked_to_each_time() -> None:
    place = Place()
    with Series(place) as series:
        run(place, series, END)
        assert series.is_warm("python")
        run(place, series, END)
    [sandbox] = place.given
    assert [frame.get("again") for frame in sandbox.sent] == [True, None, True, None]


@pytest.mark.parametrize(
    "frames",
    [
        [],
        [END | {"again": False}],
        [{"type": "end", "reason": "finished"}],
        [{"type": "test", "outcome": "error"}, END],
    ],
    ids=["no end", "not as new", "it does not say", "an error"],
)
def test_one_that_is_not_is_destroyed(frames: list[Frame]) -> None:
    place = Place()
    with Series(place) as series:
        run(place, series, *frames)
        assert (place.back, series.is_warm("python")) == (place.given, False)
        run(place, series, END)
    assert len(place.given) == 2


def test_after_so_many_runs_another_serves() -> None:
    place = Place()
    with Series(place) as series:
        for _ in range(MOST_RUNS):
            run(place, series, END)
        assert len(place.given) == len(place.back) == 1
        run(place, series, END)
    assert len(place.given) == 2


def test_in_the_end_all_are_given_back() -> None:
    place = Place()
    with Series(place) as series:
        taken = [series.take("python"), series.take("python")]
        for sandbox, inner in zip(taken, place.given, strict=True):
            sandbox.send({"type": "job"})
            sandbox.send({"type": "suite"})
            inner.answers.append(END)
            sandbox.receive(0)
            series.discard(sandbox)
        assert place.back == []
    assert {id(sandbox) for sandbox in place.back} == {id(sandbox) for sandbox in place.given}


def test_a_run_that_ends_after_the_series_is_given_back_too() -> None:
    place = Place()
    with Series(place) as series:
        sandbox = series.take("python")
        sandbox.send({"type": "job"})
        sandbox.send({"type": "suite"})
        place.given[0].answers.append(END)
        sandbox.receive(0)
    assert place.back == []
    series.discard(sandbox)
    assert place.back == place.given


def test_one_that_has_died_meanwhile_is_not_taken_again() -> None:
    place = Place()
    with Series(place) as series:
        run(place, series, END)
        place.given[0].lives = False
        run(place, series, END)
        assert place.back == place.given[:1]
    assert len(place.given) == 2


def test_each_run_waits_for_its_turn() -> None:
    place = Place()
    with Series(place) as series:
        run(place, series, END)
        run(place, series, END)
    assert (len(place.given), place.turns) == (1, 2)
