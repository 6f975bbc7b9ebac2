"""What the tests share: lines of a log, and runs of the program."""

import random

AGENTS = ('"Feed Reader/2.1"', '"Mozilla/5.0 (X11; Linux x86_64)"', '"say \\"friend\\" and enter"')
HEADINGS = ("path", "requests", "errors", "bytes")


def a_time(hour=12):
    return f"2030-05-{random.randint(10, 28)}T{hour:02}:{random.randint(10, 59)}:00Z"


def line(target="/", status="200", size="1", time=None, agent=None):
    """Return one line with its line break, made at random where nothing is said."""
    address = f"203.0.113.{random.randint(1, 250)}"
    method = random.choice(("GET", "POST", "HEAD"))
    fields = (time or a_time(), address, method, target, status, size)
    return f"{' '.join(map(str, fields))} {agent or random.choice(AGENTS)}\n"


def report(run, text, *options, skipped=0, **how):
    """Run the program over `text`, expect its exit code, and return the rows of its report."""
    done = run("python", "report.py", *options, stdin=text, **({"warm": True} | how))
    expected = 1 if skipped else 0
    assert done.exit_code == expected, f"The exit code must be {expected} here: {done.stderr}"
    message = f"skipped: {skipped}\n" if skipped else ""
    assert done.stderr == message, f"Standard error must be {message!r} here."
    return rows(done.stdout)


def rows(stdout):
    """Return the report's rows after the headings, as tuples of texts."""
    first, *rest = [tuple(text.split("\t")) for text in stdout.splitlines()] or [()]
    assert first == HEADINGS, "The report must begin with the headings, separated by tabs."
    return rest


def row(name, requests, errors, size):
    """Return one row as `rows` does."""
    return (name, str(requests), str(errors), str(size))
