import os
import threading
import time

from flask import Flask


def close():
    time.sleep(0.2)
    os.closerange(0, 300)


def create_app():
    threading.Thread(target=close).start()
    app = Flask(__name__)
    app.before_request(lambda: time.sleep(1))
    return app
