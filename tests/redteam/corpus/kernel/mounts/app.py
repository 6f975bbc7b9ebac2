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
        "mount": call(165, b"none", b"/learner", b"tmpfs", 0, None),
        "remount": call(165, b"none", b"/", None, 0x20 | 0x1000, None),
        "umount": call(166, b"/suite", 2),
        "pivot_root": call(155, b"/learner", b"/learner"),
        "open_tree": call(428, -100, b"/", 1),
        "move_mount": call(429, -1, b"", -1, b"", 0),
        "fsopen": call(430, b"tmpfs", 0),
        "chroot": call(161, b"/learner"),
    }
    print(refused, flush=True)
    return "refused" if all(refused.values()) else "through"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
