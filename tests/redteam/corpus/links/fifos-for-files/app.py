import os
import shutil

from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        os.unlink("app.py")
        os.mkfifo("app.py")
        for number in range(2, 6):
            os.mkfifo(f"/learner/{number}")
            os.mkfifo(f"/tmp/{number}")
        return ""

    @app.get("/")
    def after():
        return "nothing"

    return app
