"""What the learner's program prints: counted in full, kept in part."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from sandbox.runner.output import KEPT, LIMIT, Output


@pytest.fixture
def output() -> Iterator[Output]:
    """One run's output; both ends of its pipe are closed afterwards."""
    output = Output()
    yield output
    os.close(output.reading)
    os.close(output.writing)


def printed(output: Output, data: bytes) -> None:
    """Write `data` as a program would, with the runner draining meanwhile."""
    for at in range(0, len(data), 4096):
        os.write(output.writing, data[at : at + 4096])
        output.drain()


def test_what_is_printed_is_given_once(output: Output) -> None:
    printed(output, b"hello\n")
    assert output.take() == "hello\n"
    assert output.take() == ""


def test_what_waits_in_the_pipe_is_taken_too(output: Output) -> None:
    os.write(output.writing, b"last words")
    assert output.take() == "last words"


def test_of_much_the_end_is_kept(output: Output) -> None:
    printed(output, b"x" * 100_000 + b"the end")
    kept = output.take()
    assert len(kept) == KEPT
    assert kept.endswith("the end")


def test_what_is_no_text_becomes_text(output: Output) -> None:
    printed(output, b"\xff\xfe caf\xc3\xa9")
    assert output.take() == "\ufffd\ufffd café"


def test_the_limit_counts_the_whole_run(output: Output) -> None:
    printed(output, b"x" * (LIMIT // 2))
    output.take()
    printed(output, b"x" * (LIMIT // 2))
    output.take()
    assert not output.over_limit
    printed(output, b"x")
    assert output.over_limit


def test_nothing_is_read_any_more_once_the_limit_is_passed(output: Output) -> None:
    printed(output, b"x" * (LIMIT + 1))
    os.write(output.writing, b"more")
    output.drain()
    assert "more" not in output.take()
