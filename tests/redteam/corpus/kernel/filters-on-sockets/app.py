import ctypes
import os
import socket
import struct

from flask import Flask

SOCKET, OTHER = socket.socketpair()
RETURN_ALL = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0xFFFF))
PROGRAM = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", 1, ctypes.addressof(RETURN_ALL)))
LIBC = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    """What a system call of x86-64 answers: None, or why it was refused."""
    if LIBC.syscall(number, *arguments) >= 0:
        return None
    return os.strerror(ctypes.get_errno())


def loot():
    refused = {
        "attach to a socket": call(54, os.dup(SOCKET.fileno()), 1, 26, PROGRAM, 16),
    }
    print(refused, flush=True)
    return "refused" if all(refused.values()) else "through"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
