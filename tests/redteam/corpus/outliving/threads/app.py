import threading
import time

from flask import Flask, request

KEPT = []


def keep(token):
    KEPT.append(token)
    for _ in range(40):
        threading.Thread(target=time.sleep, args=(3600,), daemon=False).start()


def found():
    return KEPT[0] if KEPT else "nothing"


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        keep(request.get_data())
        return ""

    app.get("/")(found)
    return app
