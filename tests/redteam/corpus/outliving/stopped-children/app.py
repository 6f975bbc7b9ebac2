import ctypes
import os
import signal
import time

from flask import Flask, request

LIBC = ctypes.CDLL(None)
SEIZE = 0x4206


def keep(token):
    children = []
    for _ in range(20):
        child = os.fork()
        if child == 0:
            for other in children:
                LIBC.ptrace(SEIZE, other, 0, 0)
            while True:
                time.sleep(60)
        children.append(child)
    for child in children:
        os.kill(child, signal.SIGSTOP)


def found():
    time.sleep(0.3)  # those who were killed may still be on their way out
    print("alive:", sum(alive(pid) for pid in os.listdir("/proc") if pid.isdigit()), flush=True)
    return "nothing"


def alive(pid):
    try:
        status = open(f"/proc/{pid}/status").read()
    except OSError:
        return False
    return f"Uid:	{os.getuid()}	" in status and "State:	Z" not in status


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        keep(request.get_data())
        return ""

    app.get("/")(found)
    return app
