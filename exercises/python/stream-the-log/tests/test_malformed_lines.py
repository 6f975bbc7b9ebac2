"""Lines that are skipped, and the exit code that tells of them."""

import random

import pytest
from logs import line, report, row

GOOD = row("/good", 1, 0, 7)


def skipped(run, *bad):
    """Have a good line reported among bad ones, and return the rows."""
    lines = [line("/good", size=7), *bad]
    random.shuffle(lines)
    return report(run, "".join(lines), skipped=len(bad))


def test_cut_lines_are_skipped(run):
    """Lines of fewer than seven fields are skipped and counted."""
    fields = line("/x").split(" ")[:6]
    cut = [" ".join(fields[:n]) + "\n" for n in range(1, 7)]
    got = skipped(run, *cut, "words that mean nothing\n")
    assert got[0] == GOOD, "Only the line of seven fields may count."


def test_targets_begin_with_a_slash(run):
    """A target that does not begin with a slash is malformed."""
    bad = [line(target) for target in ("*", "x/y", "http://example.org/", "?/")]
    assert skipped(run, *bad) == [GOOD, row("total", 1, 0, 7)], "A target begins with `/`."


def test_statuses_are_three_digits_from_100_to_599(run):
    """A status that is not 100 to 599, in three digits, is malformed."""
    bad = [
        line(status=text) for text in ("99", "099", "600", "999", "0200", "2000", "20", "-", "OK")
    ]
    bad += [line(status=text) for text in ("+20", "2_0", "20x", "5.0", "-20")]
    assert skipped(run, *bad) == [GOOD, row("total", 1, 0, 7)], "A status is 100 to 599."
    edges = report(run, line("/x", status="100") + line("/x", status="599"))
    assert edges[0] == row("/x", 2, 1, 2), "100 and 599 are good statuses."


def test_bytes_are_digits_alone(run):
    """A number of bytes with a sign, an underscore, a point or a letter is malformed."""
    bad = [line(size=text) for text in ("+5", "-5", "1_000", "1.5", "1e3", "5b", "--", "x")]
    assert skipped(run, *bad) == [GOOD, row("total", 1, 0, 7)], "Bytes are digits alone, or `-`."
    assert report(run, line("/x", size="0007"))[0] == row("/x", 1, 0, 7), "0007 is digits alone."


@pytest.mark.points(2)
def test_malformed_lines_alone_have_a_report(run):
    """A log of malformed lines alone has a report of zeros, and the exit code 1."""
    bad = "cut\n" * random.randint(2, 20)
    got = report(run, bad, skipped=bad.count("\n"))
    assert got == [row("total", 0, 0, 0)], "Where no line counts, only the total is listed."
