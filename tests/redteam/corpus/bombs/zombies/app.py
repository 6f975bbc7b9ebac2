import os
import signal

from flask import Flask

signal.signal(signal.SIGCHLD, signal.SIG_DFL)
try:
    while True:
        if os.fork() == 0:
            os._exit(0)
except OSError as error:
    print(error, flush=True)


def create_app():
    app = Flask(__name__)
    app.route("/", methods=["GET", "POST"])(lambda: "nothing")
    return app
