"""Reports the paths of an access log.

Wrong: a user agent with spaces makes a line of too many fields.
"""

import re
import sys
from argparse import ArgumentParser
from collections import Counter


def parsed(lines, malformed):
    """Yield time, path, status and bytes of each good line; append to `malformed` for others."""
    for line in lines:
        line = line.rstrip("\n")
        if line == "":
            continue
        fields = line.split(" ")
        if len(fields) == 7 and is_good(*fields[3:6]):
            time, _, _, target, status, size, _ = fields
            yield time, target.partition("?")[0], int(status), 0 if size == "-" else int(size)
        else:
            malformed["lines"] += 1


def is_good(target, status, size):
    return (
        target.startswith("/")
        and re.fullmatch("[0-9]{3}", status) is not None
        and 100 <= int(status) < 600
        and re.fullmatch("[0-9]+|-", size) is not None
    )


def report(lines, top):
    requests, errors, sizes = Counter(), Counter(), Counter()
    for _, path, status, size in lines:
        requests[path] += 1
        errors[path] += status >= 500
        sizes[path] += size
    yield "path", "requests", "errors", "bytes"
    for path in sorted(sorted(requests), key=requests.get, reverse=True)[:top]:
        yield path, requests[path], errors[path], sizes[path]
    yield "total", requests.total(), errors.total(), sizes.total()


def main():
    parser = ArgumentParser()
    parser.add_argument("--top", default="10")
    parser.add_argument("--since", default="0000-00-00T00:00:00Z")
    options = parser.parse_args()
    if not options.top.isdecimal() or int(options.top) == 0:
        parser.error("--top wants a whole number of 1 or more")
    if not re.fullmatch(r"\d{4}(-\d\d){2}T\d\d(:\d\d){2}Z", options.since):
        parser.error("--since wants a time such as 2030-05-01T12:00:00Z")
    sys.stdin.reconfigure(errors="replace")
    malformed = Counter()
    late = (line for line in parsed(sys.stdin, malformed) if line[0] >= options.since)
    for row in report(late, int(options.top)):
        print(*row, sep="\t")
    if malformed:
        print(f"skipped: {malformed.total()}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
