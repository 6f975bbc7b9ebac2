from pathlib import Path

from flask import Flask, request

PLACES = [Path(top, "kept") for top in ("/tmp", "/dev/shm", "/learner", "/var/tmp", "/dev/mqueue")]


def keep(token):
    for place in PLACES:
        try:
            place.write_bytes(token)
        except OSError as error:
            print(error, flush=True)


def found():
    return next((place.read_bytes() for place in PLACES if place.exists()), "nothing")


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        keep(request.get_data())
        return ""

    app.get("/")(found)
    return app
