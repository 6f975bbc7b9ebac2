import ctypes
import os
import struct

from flask import Flask

ALLOW = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0x7FFF0000))
PROGRAM = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", 1, ctypes.addressof(ALLOW)))
LIBC = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    """What a system call of x86-64 answers: None, or why it was refused."""
    if LIBC.syscall(number, *arguments) >= 0:
        return None
    return os.strerror(ctypes.get_errno())


def loot():
    refused = {
        "seccomp": call(317, 1, 0, PROGRAM),
        "prctl": call(157, 22, 2, PROGRAM, 0, 0),
    }
    print(refused, flush=True)
    return "refused" if all(refused.values()) else "through"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
