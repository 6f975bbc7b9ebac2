import os
import socket
import time

import redis

ADDRESS = "/run/redis/redis.sock"
SECONDS = 3


def connected():
    end = socket.socket(socket.AF_UNIX)
    end.connect(ADDRESS)
    return end


def queue_up(token):
    """Leave commands behind in connections that nobody has accepted yet."""
    for _ in range(230):
        end = connected()
        end.sendall(b"SET token %s\r\n" % token.encode())
        end.close()
    os._exit(0)


def take(token):
    store = redis.Redis(unix_socket_path=ADDRESS)
    store.rpush("numbers", *range(50_000))
    tried = store.pipeline(transaction=False)
    for _ in range(100):
        tried.lpos("numbers", "none")
    began = time.monotonic()
    tried.execute()
    slow = int(100 * SECONDS / (time.monotonic() - began))
    ends_at = time.monotonic() + SECONDS
    busy = connected()
    busy.sendall(b"LPOS numbers none\r\n" * slow)
    time.sleep(0.01)
    children = [os.fork() or queue_up(token) for _ in range(2)]
    left = [os.waitpid(child, 0)[1] for child in children]
    time.sleep(max(ends_at - 1 - time.monotonic(), 0))
    print("left behind:", left, flush=True)
    return "taken"


def tell():
    time.sleep(0.2)
    return str(redis.Redis(unix_socket_path=ADDRESS, decode_responses=True).get("token"))
