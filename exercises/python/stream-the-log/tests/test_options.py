"""--top and --since."""

import random

import pytest
from logs import line, report, row


def paths_of(rows):
    return [name for name, *_ in rows]


def many(count):
    """Return a log of so many paths, of which /p10 has the most requests, and their names."""
    paths = [f"/p{n}" for n in range(10, 10 + count)]
    lines = [line(path) for n, path in enumerate(paths) for _ in range(count - n)]
    random.shuffle(lines)
    return "".join(lines), paths


def test_top_lists_the_first_paths(run):
    """--top N lists N paths, and the total still counts all of them."""
    text, paths = many(6)
    for top in (1, 4, 50):
        got = report(run, text, "--top", str(top))
        assert paths_of(got) == [*paths[:top], "total"], f"--top {top} must list that many paths."
        assert got[-1] == row("total", 21, 0, 21), "The total counts all paths, listed or not."


def test_ten_paths_are_listed_without_top(run):
    """Without --top ten paths are listed."""
    text, paths = many(12)
    assert paths_of(report(run, text)) == [*paths[:10], "total"], "10 is the default of --top."


@pytest.mark.points(2)
def test_since_leaves_out_what_came_before(run):
    """--since TIME counts lines of that time and later ones, in whatever order they come."""
    since = f"2030-05-01T{random.randint(10, 20)}:30:00Z"
    hour = since[11:13]
    times = {
        "/same": since,
        "/later": since.replace(":30:00", ":30:01"),
        "/next-year": since.replace("2030", "2031"),
        "/earlier": since.replace(":30:00", ":29:59"),
        "/last-year": f"2029-12-31T{hour}:59:59Z",
    }
    counts = {"/same": 3, "/later": 2, "/next-year": 1, "/earlier": 4, "/last-year": 5}
    lines = [line(path, 503, 8, times[path]) for path, n in counts.items() for _ in range(n)]
    random.shuffle(lines)
    got = report(run, "".join(lines), "--since", since)
    kept = [row(path, counts[path], counts[path], 8 * counts[path]) for path in list(counts)[:3]]
    assert got == [*kept, row("total", 6, 6, 48)], f"Count what is {since} or later."


def test_malformed_lines_count_whatever_their_time(run):
    """A malformed line is counted as skipped though it came before --since."""
    text = line("/x", time="2029-01-01T00:00:00Z", size="x") + line(
        "/x", time="2030-01-01T00:00:00Z"
    )
    got = report(run, text, "--since", "2030-01-01T00:00:00Z", skipped=1)
    assert got[0] == row("/x", 1, 0, 1), "Only the well-formed line may count."


def test_wrong_options_are_refused(run):
    """Wrong options end the program with exit code 2 and a message, and nothing is printed."""
    for options in (
        ["--top", "0"],
        ["--top", "many"],
        ["--since", "yesterday"],
        ["--since", "2030-05-01"],
        ["--sine", "2030-05-01T12:00:00Z"],
    ):
        done = run("python", "report.py", *options, stdin=line(), warm=True)
        words = " ".join(options)
        assert done.exit_code == 2, f"{words!r} is wrong, so the exit code must be 2."
        assert done.stdout == "", f"{words!r} is wrong, so nothing may be printed."
        assert done.stderr != "", f"{words!r} is wrong, so standard error must say so."
