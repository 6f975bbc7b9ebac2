from flask import Flask, request

ANSWERS = ["NaN", "Infinity", "-Infinity", "1e999"]


def create_app():
    app = Flask(__name__)
    app.get("/sum")(lambda: ANSWERS[int(request.args["a"]) % len(ANSWERS)])
    return app
