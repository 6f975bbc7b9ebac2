import ctypes
import os

from flask import Flask

LIBC = ctypes.CDLL(None, use_errno=True)
IO_SETUP = 206


def loot():
    context = ctypes.c_ulong(0)
    if LIBC.syscall(IO_SETUP, 8, ctypes.byref(context)) == 0:  # 65,536 would be all
        return "through"
    return os.strerror(ctypes.get_errno())


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
