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
        "keyctl": call(250, 0, -3, 0),
        "add_key": call(248, b"user", b"forged", b"x", 1, -3),
        "settimeofday": call(164, ctypes.create_string_buffer(16), None),
        "clock_settime": call(227, 0, ctypes.create_string_buffer(16)),
        "adjtimex": call(159, ctypes.create_string_buffer(b"\xff" * 208)),
        "acct": call(163, b"/tmp/acct"),
        "quotactl": call(179, 0, b"/", 0, 0),
        "swapon": call(167, b"/tmp/swap", 0),
        "reboot": call(169, 0xFEE1DEAD, 672274793, 0x1234567, 0),
        "sethostname": call(170, b"forged", 6),
        "syslog": call(103, 3, ctypes.create_string_buffer(100), 100),
    }
    print(refused, flush=True)
    return "refused" if all(refused.values()) else "through"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
