import os
import signal

from flask import Flask


def create_app():
    app = Flask(__name__)
    app.before_request(lambda: os.kill(os.getpid(), signal.SIGSTOP))
    return app
