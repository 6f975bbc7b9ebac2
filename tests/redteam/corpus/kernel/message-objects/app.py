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
        "mq_open": call(240, b"forged", 0o102, 0o600, None),
        "msgget": call(68, 4711, 0o1600),
        "semget": call(64, 4711, 1, 0o1600),
        "shmget": call(29, 4711, 4096, 0o1600),
    }
    print(refused, flush=True)
    return "refused" if all(refused.values()) else "through"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
