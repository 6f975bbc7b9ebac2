import ctypes

from flask import Flask, request

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.shmat.restype = ctypes.c_void_p
KEY, CREATE = 4711, 0o1000


def attached(flags):
    number = LIBC.shmget(KEY, 4096, flags | 0o600)
    return LIBC.shmat(number, None, 0) if number >= 0 else None


def keep(token):
    ctypes.memmove(attached(CREATE), token + b"\0", len(token) + 1)


def found():
    place = attached(0)
    return ctypes.string_at(place) if place else "nothing"


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        keep(request.get_data())
        return ""

    app.get("/")(found)
    return app
