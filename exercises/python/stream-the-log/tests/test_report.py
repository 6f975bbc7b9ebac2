"""What is counted, and how it is printed."""

import random
from itertools import cycle

import pytest
from logs import line, report, row

EXAMPLE = r"""
2030-05-01T12:00:03Z 203.0.113.7 GET /books?page=2 200 4000 "Mozilla/5.0 (X11; Linux x86_64)"
2030-05-01T12:00:01Z 203.0.113.9 GET /books 503 11 "curl/8.9.1"
2030-05-01T12:00:04Z 203.0.113.7 GET / 200 120 "Mozilla/5.0 (X11; Linux x86_64)"
this line was cut
2030-05-01T12:00:09Z 203.0.113.7 POST /books 201 700 "say \"friend\" and enter"
2030-05-01T12:00:12Z 203.0.113.8 HEAD /stock 304 - "curl/8.9.1"
"""


@pytest.mark.visible
def test_the_example_comes_out(run):
    """The example of the statement comes out."""
    done = run("python", "report.py", "--top", "2", stdin=EXAMPLE.lstrip(), warm=True)
    expected = (
        "path\trequests\terrors\tbytes\n/books\t3\t1\t4711\n/\t1\t0\t120\ntotal\t5\t1\t4831\n"
    )
    assert done.stdout == expected, "Standard output must be that of the statement."
    assert done.stderr == "skipped: 1\n", "One line of the example is malformed."
    assert done.exit_code == 1, "With malformed lines the exit code is 1."


@pytest.mark.visible
def test_an_empty_log_has_a_report(run):
    """A log without lines has a report of headings and zeros."""
    done = run("python", "report.py", warm=True)
    expected = "path\trequests\terrors\tbytes\ntotal\t0\t0\t0\n"
    assert done.stdout == expected, "An empty log has headings and a total of zeros."
    assert (done.exit_code, done.stderr) == (0, ""), "An empty log is no error."


def test_requests_errors_and_bytes_add_up(run):
    """Requests are counted and bytes are summed for each path and in total."""
    made = {f"/{name}": [0, 0, 0] for name in random.sample(("a", "b/c", "d.html", "E", "f-g"), 3)}
    lines, statuses = [], cycle((500, 200, 404, 302, 502))
    for requests, numbers in zip((9, 6, 3), made.items(), strict=True):
        path, total = numbers
        for _ in range(requests):
            status, size = next(statuses), random.randrange(10_000)
            lines.append(line(path, status, size))
            total[:] = [total[0] + 1, total[1] + (status >= 500), total[2] + size]
    random.shuffle(lines)
    expected = [row(path, *total) for path, total in made.items()]
    expected.append(row("total", *map(sum, zip(*made.values(), strict=True))))
    assert report(run, "".join(lines)) == expected, "Count requests and errors, and sum the bytes."


def test_errors_begin_at_500(run):
    """A status of 500 and more is an error, and 499 and less is none."""
    statuses = [100, 200, 302, 404, 499, 500, 503, 599]
    got = report(run, "".join(line("/x", status) for status in statuses))
    assert got[0] == row("/x", 8, 3, 8), "Of these statuses 500, 503 and 599 are errors."


def test_queries_do_not_count_as_paths(run):
    """The path ends before the first question mark; a slash at its end makes another path."""
    targets = ["/a?x=1", "/a?x=/b?c", "/a?", "/a", "/a/?x=1", "/a/"]
    got = report(run, "".join(line(target) for target in targets))
    expected = [row("/a", 4, 0, 4), row("/a/", 2, 0, 2), row("total", 6, 0, 6)]
    assert got == expected, "The path is the target up to its first `?`, without it."


def test_paths_are_sorted_by_requests_then_by_name(run):
    """The most requests come first, and equal numbers are sorted by name."""
    requests = {"/b": 2, "/a/z": 2, "/B": 2, "/a": 2, "/rare": 1, "/zz": 10, "/y": 9}
    lines = [line(path, size=20 - n) for path, n in reversed(requests.items()) for _ in range(n)]
    got = [name for name, *_ in report(run, "".join(lines))]
    expected = ["/zz", "/y", "/B", "/a", "/a/z", "/b", "/rare", "total"]
    assert got == expected, "Sort by requests downwards, then by name."


def test_no_bytes_are_a_hyphen(run):
    """`-` in place of a number of bytes stands for 0."""
    size = random.randrange(1_000)
    got = report(run, line("/x", size="-") + line("/x", size=size) + line("/x", size="-"))
    assert got[0] == row("/x", 3, 0, size), "`-` stands for 0 bytes."


def test_user_agents_hold_anything(run):
    """Spaces, quotes and odd words in a user agent do no harm."""
    agents = ('"a"', '"a b  c"', "no quotes at all", '" 500 - "', '"/x 503 7"', '"ünïcode \t tab"')
    got = report(run, "".join(line("/x", agent=agent) for agent in agents))
    assert got[0] == row("/x", 6, 0, 6), "The user agent is the rest of the line."


@pytest.mark.timeout(10)
def test_user_agents_hold_bytes_that_are_no_text(run):
    """Bytes that are no UTF-8 do not stop the report."""
    data = line("/x").encode() + line("/x").encode()[:-1] + b' \xff\xfe\xc3("\n' + line().encode()
    strict = {"PYTHONIOENCODING": "utf-8:strict"}
    got = report(run, data, warm=False, env=strict)
    assert got[0] == row("/x", 2, 0, 2), "A line counts, whatever bytes its user agent holds."


def test_the_last_line_may_lack_its_break(run):
    """The last line counts although no line break follows, and empty lines pass silently."""
    text = "\n" + line("/x") + "\n\n" + line("/x").rstrip("\n")
    assert report(run, text)[0] == row("/x", 2, 0, 2), "There are two lines here that count."


@pytest.mark.points(3)
@pytest.mark.timeout(30)
def test_a_log_larger_than_the_memory(run):
    """A stream of 60 MB is reported on within 64 MB of address space."""
    often, seldom = random.sample(("/books", "/cart", "/search", "/stock"), 2)
    long = '"' + "x" * 1_900 + '"'
    piece = line(often, agent=long) * 2 + line(f"{seldom}?page=1", status=500, agent=long)
    pieces = random.randint(52, 60)  # of 100 × 6 KB, twice
    stream = (piece.encode() * 100 for _ in range(2 * pieces))
    got = report(run, stream, "--top", "1", warm=False, memory_mb=64)
    n = 200 * pieces
    expected = [row(often, 2 * n, 0, 2 * n), row("total", 3 * n, n, 3 * n)]
    assert got == expected, "Every line of the stream must count."
