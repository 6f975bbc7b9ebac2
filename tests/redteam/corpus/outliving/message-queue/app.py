import ctypes
import os

from flask import Flask, request

LIBC = ctypes.CDLL(None, use_errno=True)
MQ_OPEN = 240


def keep(token):
    LIBC.syscall(MQ_OPEN, token, os.O_RDWR | os.O_CREAT, 0o600, None)
    print(os.strerror(ctypes.get_errno()), flush=True)


def found():
    return next(iter(os.listdir("/dev/mqueue")), "nothing")


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        keep(request.get_data())
        return ""

    app.get("/")(found)
    return app
