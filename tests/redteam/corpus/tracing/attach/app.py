import ctypes
import os

from flask import Flask

LIBC = ctypes.CDLL(None, use_errno=True)
ATTACH, SEIZE = 16, 0x4206


def loot():
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        for request in (ATTACH, SEIZE):
            if pid != os.getpid() and LIBC.ptrace(request, pid, 0, 0) == 0:
                return "through"
            print(pid, os.strerror(ctypes.get_errno()), flush=True)
    return "refused"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
