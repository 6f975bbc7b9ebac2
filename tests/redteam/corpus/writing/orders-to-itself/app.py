import os
import socket
import stat

from flask import Flask

MESSAGES = [
    b"left",
    b'{"do": "start", "environ": {}, "fresh": true}',
    b'{"do": "stop"}',
    b'{"type": "end", "reason": "finished"}',
    b"[" * 100_000,
    b"\xff" * 100_000,
]


def channels():
    """The sockets for whole messages that this process has been left with."""
    for fd in range(3, 64):
        try:
            is_socket = stat.S_ISSOCK(os.fstat(fd).st_mode)
        except OSError:
            continue
        if is_socket:
            end = socket.socket(fileno=os.dup(fd))
            if end.type == socket.SOCK_SEQPACKET:
                yield end


def flood():
    sent = 0
    for end in channels():
        end.setblocking(False)
        try:
            for number in range(10_000):
                message = MESSAGES[number % len(MESSAGES)]
                socket.send_fds(end, [message], [0, 1, 2, end.fileno()])
                sent += 1
        except OSError:
            pass
    print("sent on", sent, flush=True)


def create_app():
    app = Flask(__name__)
    flood()
    app.before_request(flood)
    return app
