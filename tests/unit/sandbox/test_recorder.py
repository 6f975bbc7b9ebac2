"""What is kept of what a test exchanged."""

from __future__ import annotations

from sandbox.protocol import MAX_FRAME, encode
from sandbox.runner.suite.recorder import (
    BYTES,
    CELL,
    COLUMNS,
    KEPT,
    ROW,
    ROWS,
    TEXT,
    Recorder,
    cells,
    cut,
)


def test_exchanges_are_kept_in_their_order_and_taken_once() -> None:
    recorder = Recorder()
    recorder.add({"kind": "http", "n": 1})
    recorder.add({"kind": "sql", "n": 2})
    assert [exchange["n"] for exchange in recorder.take()] == [1, 2]
    assert recorder.take() == []


def test_of_many_exchanges_the_last_are_kept() -> None:
    recorder = Recorder()
    for number in range(1000):
        recorder.add({"n": number})
    assert [exchange["n"] for exchange in recorder.take()] == [*range(1000 - KEPT, 1000)]


def test_of_large_exchanges_the_last_that_a_frame_holds_are_kept() -> None:
    recorder = Recorder()
    for number in range(3):
        recorder.add({"n": number, "text": "x" * (BYTES // 2 - 100)})
    assert [exchange["n"] for exchange in recorder.take()] == [1, 2]
    assert recorder.take() == []


def test_the_largest_result_is_kept_and_fits_into_a_frame() -> None:
    recorder = Recorder()
    rows = [cells(["\N{GRINNING FACE}" * 10_000] * 1600)] * ROWS
    recorder.add({"kind": "rows", "expected": rows, "actual": rows, "extra": rows})
    exchanges = recorder.take()
    assert len(exchanges) == 1
    assert len(encode({"type": "test", "exchanges": exchanges})) < MAX_FRAME / 2


def test_a_text_up_to_the_limit_is_left_as_it_is() -> None:
    assert cut("x" * TEXT) == "x" * TEXT
    assert cut("") == ""


def test_a_longer_text_is_cut_and_says_how_much_is_gone() -> None:
    assert cut("x" * (TEXT + 12_345)) == "x" * TEXT + "… (12,345 more characters)"
    assert cut("abcdef", 2) == "ab… (4 more characters)"


def test_cells_are_short_texts_and_null_stays_null() -> None:
    assert cells((1, None, "x", [1, 2])) == ["1", None, "x", "[1, 2]"]
    [long] = cells(["x" * 10_000])
    assert long is not None
    assert len(long) < CELL + 40


def test_a_wide_row_is_cut_and_its_values_share_what_is_kept() -> None:
    shown = cells(["x" * 10_000] * 1600)
    assert len(shown) == COLUMNS
    assert sum(text.count("x") for text in shown if text) == ROW
    assert cells([]) == []
