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
        "unshare user": call(272, 0x10000000),
        "unshare mounts": call(272, 0x20000),
        "clone user": call(56, 0x10000000 | 17, 0, 0, 0, 0),
        "clone3": call(435, ctypes.create_string_buffer(88), 88),
        "setns": call(308, os.open("/proc/self/ns/net", os.O_RDONLY), 0),
    }
    print(refused, flush=True)
    return "refused" if all(refused.values()) else "through"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
