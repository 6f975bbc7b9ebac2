import builtins
import json

from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        builtins.kept = json.decoder.kept = Flask.kept = request.get_data()
        return ""

    @app.get("/")
    def after():
        places = (builtins, json.decoder, Flask)
        return next((place.kept for place in places if hasattr(place, "kept")), b"nothing")

    return app
