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
        "bpf": call(321, 5, ctypes.create_string_buffer(120), 120),
        "perf_event_open": call(298, ctypes.create_string_buffer(120), 0, -1, -1, 0),
        "init_module": call(175, ctypes.create_string_buffer(8), 8, b""),
        "finit_module": call(313, 0, b"", 0),
        "kexec_load": call(246, 0, 0, None, 0),
        "userfaultfd": call(323, 0),
        "ioperm": call(173, 0, 8, 1),
        "iopl": call(172, 3),
    }
    print(refused, flush=True)
    return "refused" if all(refused.values()) else "through"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
