"""Reports the paths of an access log.

Wrong: what the client did wrong counts as an error of the server's.
"""

import argparse
import re
import sys
from datetime import datetime

LINE = re.compile(rb"(\S+) \S+ \S+ (/[^ ?]*)\S* ([1-5][0-9]{2}) ([0-9]+|-) .*")
FORM = "%Y-%m-%dT%H:%M:%SZ"


def main():
    options = read_options()
    totals, skipped = count(sys.stdin.buffer, options.since)
    print_report(totals, options.top)
    if skipped:
        sys.exit(f"skipped: {skipped}")


def read_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--top", type=whole_number, default=10)
    parser.add_argument("--since", type=time, default=b"")
    return parser.parse_args()


def whole_number(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def time(text):
    if datetime.strptime(text, FORM).strftime(FORM) != text:
        raise ValueError
    return text.encode()


def count(lines, since):
    """Return `[requests, errors, bytes]` by path, and how many lines are malformed."""
    totals, skipped = {}, 0
    for line in lines:
        if line == b"\n":
            continue
        match = LINE.match(line)
        if match is None:
            skipped += 1
        elif match[1] >= since:
            total = totals.setdefault(match[2].decode(), [0, 0, 0])
            total[0] += 1
            total[1] += match[3] >= b"400"
            total[2] += int(match[4].replace(b"-", b"0"))
    return totals, skipped


def print_report(totals, top):
    print("path", "requests", "errors", "bytes", sep="\t")
    ranked = sorted(totals.items(), key=lambda item: (-item[1][0], item[0]))
    for path, numbers in ranked[:top]:
        print(path, *numbers, sep="\t")
    print("total", *(sum(column) for column in zip([0, 0, 0], *totals.values())), sep="\t")


if __name__ == "__main__":
    main()
