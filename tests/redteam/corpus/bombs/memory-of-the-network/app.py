import socket
import time

from flask import Flask


def hoard():
    kept = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(24)]
    for end in kept:  # 100 MB: enough to show it, too little to harm the host
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**22)
        end.bind(("127.0.0.1", 0))
        for _ in range(100):
            end.sendto(b"x" * 60_000, end.getsockname())
    time.sleep(0.3)
    return "hoarded"


def create_app():
    app = Flask(__name__)
    app.before_request(hoard)
    return app
