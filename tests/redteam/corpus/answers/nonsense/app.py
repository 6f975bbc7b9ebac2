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


ANSWERS = iter([
    b'{"value": {"$ref": 1e999, "types": 5, "shown": {}}}\n',
    b'{"raised": {"types": {"$set": [[]]}, "message": ["\\ud800"], "traceback": null}}\n',
])


def attack():
    connection().sendall(next(ANSWERS))
    os._exit(0)
