import ctypes
import os

from flask import Flask

LIBC = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    """What a system call of x86-64 answers: None, or why it was refused."""
    if LIBC.syscall(number, *arguments) >= 0:
        return None
    return os.strerror(ctypes.get_errno())


def loot():
    refused = {
        "io_uring_setup": call(425, 4, ctypes.create_string_buffer(120)),
    }
    print(refused, flush=True)
    return "refused" if all(refused.values()) else "through"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
